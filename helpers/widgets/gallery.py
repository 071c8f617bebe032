"""Pictures side by side, with their names and sizes: `Gallery({"photos/fox.png": data})`."""

import struct
from base64 import b64encode
from collections.abc import Mapping
from html import escape

from helpers.errors import LabError

SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Gallery:
    """PNG pictures, {name: bytes}, as HTML that needs no kernel; as text, their names and sizes in pixels.

    Raises: LabError if something is no PNG.
    """

    def __init__(self, pictures: Mapping[str, bytes]):
        self._pictures = {name: (data, *_size(name, data)) for name, data in pictures.items()}

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {width} × {height}" for name, (_, width, height) in self._pictures.items())

    def _repr_html_(self) -> str:
        parts = []
        for name, (data, width, height) in self._pictures.items():
            words, source = escape(name), b64encode(data).decode()
            image = f'<img class="lab-picture" alt="{words}" width="{width}" src="data:image/png;base64,{source}">'
            caption = f"<figcaption>{words} · {width} × {height}</figcaption>"
            parts.append(f'<figure style="margin: 0 16px 8px 0">{image}{caption}</figure>')
        return f'<div style="display: flex; flex-wrap: wrap; align-items: flex-end">{"".join(parts)}</div>'


def _size(name: str, data: bytes) -> tuple[int, int]:
    """Return width and height, which a PNG has in its first chunk (PNG specification, 5.6 and 11.2.1)."""
    if not data.startswith(SIGNATURE) or len(data) < 24:
        raise LabError(f"{name} is no PNG picture: upload one that is.")
    width, height = struct.unpack(">II", data[16:24])
    return width, height
