"""One engine for all: run by root, an account and its secret for each attendee."""

from classroom.places import HUB
from helpers.backend.credentials import ensure_secret, secret_access_key
from helpers.backend.engine import Engine
from helpers.backend.launch import Record

HOME = HUB / "engine"


def up(port: int) -> Record:
    """Start the engine, unless it runs. Raises: EngineError."""
    return Engine(home=HOME).up(port)


def down() -> None:
    """Stop the engine, if it runs. Raises: EngineError."""
    Engine(home=HOME).down()


def environment(endpoint: str, account: str) -> dict[str, str]:
    """Return the variables that lead to an account on the engine."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "LAB_ACCOUNT": account,
        "LAB_SECRET_ACCESS_KEY": secret_access_key(ensure_secret(HOME), account),
    }
