"""Pictures in stored outputs: SVG within HTML becomes an image.

JupyterLab does not trust a notebook that somebody else has run, and takes SVG out of its HTML: only the words of the
picture would be left, in one heap. GitHub does the same. Both show images. An image cannot have the page's colours: it
has paper of its own, light or dark as the browser prefers, or as the page's `color-scheme` says.
"""

import base64
import re
from html import escape, unescape
from xml.dom import minidom

SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
PAPER = ' style="color-scheme: light dark; background: light-dark(#fff, #111); color: light-dark(#212121, #e0e0e0)"'
MARGIN = 8  # of paper around the picture, in its own units


def as_images(html: str) -> str:
    """Return the HTML with an image, as a data URI, in place of each SVG; its words are in `alt`.

    Raises: ValueError if a picture has no words: neither aria-label nor title; ExpatError if it is not well-formed:
    a page draws it all the same, an image does not.
    """
    return SVG.sub(lambda found: _image(found[0]), html)


def _image(svg: str) -> str:
    head = svg[: svg.index(">") + 1]
    words = re.search(r'aria-label="([^"]*)"', head) or re.search(r"<title>(.*?)</title>", svg)
    if words is None:
        raise ValueError(f"A picture in an output says nothing to those who cannot see it: {head}")
    alone = re.sub(r' (?:style|width|xmlns)="[^"]*"', "", head)  # how it sits on a page
    x, y, width, height = map(float, re.search(r'viewBox="([^"]+)"', head)[1].split())
    width, height = width + 2 * MARGIN, height + 2 * MARGIN
    box = f'viewBox="{x - MARGIN:g} {y - MARGIN:g} {width:g} {height:g}"'
    alone = re.sub(r'viewBox="[^"]+"', box, alone)
    picture = f'{alone[:-1]} xmlns="http://www.w3.org/2000/svg"{PAPER}>{svg[len(head) :]}'
    minidom.parseString(picture)
    data = base64.b64encode(picture.encode()).decode()
    alt = escape(" · ".join(unescape(words[1]).split("\n")))
    return f'<img class="lab-picture" width="{width:g}" alt="{alt}" src="data:image/svg+xml;base64,{data}">'
