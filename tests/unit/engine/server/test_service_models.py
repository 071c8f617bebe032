"""botocore reads the same, but for documentation, and what is about all services once."""

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest
from engine_guard import found_by

from helpers.state.home import ROOT

GUARD = Path(__file__).with_name("service_models_guard.py")
NEWER = json.loads((ROOT / "helpers/engine/server/newer_lambda.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found():
    """What the guard finds, in the engine's environment."""
    # Not from a module's place: awscli, where a test has imported it first, puts its own under the name of botocore.
    newest = distribution("botocore").locate_file("botocore/data/lambda/2015-03-31/service-2.json.gz")
    return found_by(GUARD, Path(newest))


def test_services_are_where_they_were(found):
    assert found["regions"] == []


def test_a_description_differs_in_its_texts_only(found):
    assert found["models"] and found["size"] < 0.6
    assert found["operations"][0] == found["operations"][1] > 100


@pytest.mark.parametrize("kind", ["operations", "shapes"])
def test_newer_operations_and_shapes_are_the_learners_botocores_and_not_the_engines(found, kind):
    old, new, newest = (description[kind] for description in found["lambda"])
    added = [name for name in new if name not in old]
    assert set(added) == NEWER[kind].keys()
    assert [name for name in added if new[name] != newest[name]] == []


def test_newer_members_are_the_learners_botocores_and_not_the_engines(found):
    old, new, newest = (description["shapes"] for description in found["lambda"])
    changed = [name for name in old if old[name] != new[name]]
    assert set(changed) == NEWER["members"].keys()
    for name in changed:
        before, now, theirs = (shapes[name]["members"] for shapes in (old, new, newest))
        added = now.keys() - before.keys()
        assert added == NEWER["members"][name].keys()
        assert {one: now[one] for one in added} == {one: theirs[one] for one in added}


def test_endpoints_are_read_once(found):
    assert found["endpoints"]


def test_a_file_that_is_not_there_is_none(found):
    assert found["missing"] is None
