"""Which execution environments exist now; `status` lists them."""

from __future__ import annotations

from .environment import Environment

_alive: dict[str, Environment] = {}


def add(environment: Environment) -> None:
    """It exists from now on."""
    _alive[environment.id] = environment


def remove(environment: Environment) -> None:
    """It is gone."""
    _alive.pop(environment.id, None)


def alive() -> list[Environment]:
    """All of them, oldest first."""
    return list(_alive.values())
