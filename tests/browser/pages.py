"""A folder of HTML pages as a server sends them, and what is written in them: ids, links, and what they load."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "srcset", "link": "href"}


@dataclass
class Page(HTMLParser):
    """A page: `ids`, where its links lead (`links`), and what a browser gets with it (`loads`)."""

    path: Path
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if (where := LOADS.get(tag)) in given:
            self.loads.append(given[where])

    def target(self, link: str) -> tuple[Path, str]:
        """The file and the anchor that a link of this page leads to."""
        place, anchor = urldefrag(link)
        path = unquote(urlsplit(place).path)
        return (self.path.parent / path).resolve() if path else self.path, unquote(anchor)


def is_elsewhere(address: str) -> bool:
    """Whether it is on another host."""
    return bool(urlsplit(address).netloc)


def broken(pages: dict[Path, Page]) -> list[str]:
    """Every link and every load that leads to a file or an anchor that is not there, with the page that has it."""
    found = []
    for page in pages.values():
        for link in page.links + page.loads:
            if is_elsewhere(link) or link.startswith("data:"):
                continue
            file, anchor = page.target(link)
            if not file.is_file() or (anchor and file in pages and anchor not in pages[file].ids):
                found.append(f"{page.path.name}: {link}")
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1. Yields the address, without a slash at its end."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
