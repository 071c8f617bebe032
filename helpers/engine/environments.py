"""Which execution environments exist now; `status` lists them."""

from __future__ import annotations

from .environment import Environment

_alive: dict[str, Environment] = {}


def add(environment: Environment) -> None:
    _alive[environment.id] = environment


def remove(environment: Environment) -> None:
    _alive.pop(environment.id, None)


def alive() -> list[Environment]:
    return list(_alive.values())
