"""What tests of Lambda share: durable functions."""

import pytest
from durable_kit import Durables


@pytest.fixture(scope="module")
def durables(engine, client):
    """Makes durable functions, which are gone in the end."""
    made = Durables(engine, client)
    yield made
    made.clean_up()


@pytest.fixture(scope="module")
def durable(durables):
    """One of them."""
    return durables.make()
