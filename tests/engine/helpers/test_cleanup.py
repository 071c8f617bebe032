"""Clean-up against the engine: one thing of each kind, with what hangs on it, is made and removed."""

import pytest
from resources_kit import everything

from helpers.cleanup import owns
from helpers.cleanup.owns import Owns
from helpers.cleanup.resource_types import RESOURCE_TYPES

ACCOUNT = "210987654321"
ALL = Owns(**dict.fromkeys(RESOURCE_TYPES, ("*",)))


@pytest.fixture
def aws(client):
    """`aws("iam")`: a client of an account in which there is nothing else."""
    return lambda service: client(service, ACCOUNT)


def test_of_every_kind_that_a_lab_can_make_nothing_is_left(aws):
    everything(aws)
    removed = owns.remove(aws, ALL)
    assert set(removed) == set(RESOURCE_TYPES)
    assert owns.remove(aws, ALL, dry_run=True) == {}
    assert aws("sns").list_subscriptions()["Subscriptions"] == []
