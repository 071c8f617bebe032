"""botocore reads the same, but for documentation, and what is about all services once."""

from pathlib import Path

import botocore.session
import pytest
from engine_guard import found_by

GUARD = Path(__file__).with_name("service_models_guard.py")


@pytest.fixture(scope="module")
def found():
    """What the guard finds, in the engine's environment."""
    return found_by(GUARD)


def test_services_are_where_they_were(found):
    assert found["regions"] == []


def test_a_description_differs_in_its_texts_only(found):
    assert found["models"] and found["size"] < 0.6
    assert found["operations"][0] == found["operations"][1] > 100


def test_what_is_added_is_as_in_the_learners_description_and_not_in_the_engines(found):
    model = botocore.session.get_session().get_service_model("lambda")
    for name, shape in found["added"].items():
        theirs = model.shape_for(name)
        assert (shape["type"], shape.get("enum", [])) == (theirs.type_name, list(getattr(theirs, "enum", [])))
        for constraint in ("min", "max", "pattern", "required"):
            assert theirs.metadata.get(constraint) == shape.get(constraint)
        for member, described in shape["members"].items():
            same = theirs.members[member]
            assert described["shape"] == same.name
            assert described.get("locationName") == same.serialization.get("name")
    assert found["superfluous"] == []


def test_endpoints_are_read_once(found):
    assert found["endpoints"]


def test_a_file_that_is_not_there_is_none(found):
    assert found["missing"] is None
