"""What is added to Lambda's description is what botocore has."""

import json

import pytest
from botocore.loaders import Loader

from helpers.engine.lambda_.durable import service_model

pytestmark = pytest.mark.once
EXTRACT = json.loads(service_model.EXTRACT.read_text())


def plain(value):
    """A part of a description, without texts for people."""
    if isinstance(value, dict):
        return {
            name: plain(one) for name, one in value.items() if not (name == "documentation" and isinstance(one, str))
        }
    return [plain(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def newest():
    return plain(Loader().load_service_model("lambda", "service-2"))


@pytest.mark.parametrize("kind", ["operations", "shapes"])
def test_operations_and_shapes_are_botocores(newest, kind):
    different = [name for name, one in EXTRACT[kind].items() if newest[kind].get(name) != one]

    assert different == []


def test_members_are_botocores(newest):
    for shape, members in EXTRACT["members"].items():
        for name, member in members.items():
            assert newest["shapes"][shape]["members"][name] == member


def test_a_description_has_them_once_it_is_extended():
    description = {"operations": {"Invoke": {}}, "shapes": {name: {"members": {}} for name in EXTRACT["members"]}}

    service_model.extend(description)

    assert "Invoke" in description["operations"] and "StopDurableExecution" in description["operations"]
    assert "DurableExecutionName" in description["shapes"]["InvocationRequest"]["members"]
