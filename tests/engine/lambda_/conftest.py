"""What tests of Lambda share: event source mappings, durable functions."""

import pytest
from durable_kit import Durables
from event_source_kit import Mappings


@pytest.fixture
def mappings(client):
    """Makes event source mappings; deleted after the test."""
    made = Mappings(client)
    yield made
    made.clean_up()


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
