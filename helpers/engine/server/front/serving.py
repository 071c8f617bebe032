"""What the connections of a front share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rolo.gateway import Gateway

from .exchange import Head
from .greenlets import Greenlets
from .workers import Workers


@dataclass
class Serving:
    """`gateway` handles requests in threads. `choose` may name another, that is quick enough for the loop."""

    gateway: Gateway
    loop: asyncio.AbstractEventLoop
    workers: Workers
    choose: Callable[[Head], Gateway | None]
    connections: set[Any] = field(default_factory=set)

    @cached_property
    def greenlets(self) -> Greenlets:
        """For requests that are handled on the loop."""
        return Greenlets(self.loop, self.workers)
