"""LocalStack's calls to itself go to 127.0.0.1: `localhost` may be `::1`, where a function may listen, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from .. import settings


def is_port_open(original: Callable[..., bool], port_or_url: int | str, **options: object) -> bool:
    """Wrap `net.is_port_open`, which LocalStack asks about its own port when it starts."""
    return original(f"tcp://{settings.LOOPBACK}:{port_or_url}", **options)
