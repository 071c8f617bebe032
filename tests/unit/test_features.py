"""What a backend can do."""

import pytest

from helpers import features
from helpers.errors import BackendError


def test_aws_can_do_everything():
    assert all(features.features_of(None, None).values())


def test_our_engine_is_believed():
    told = {"features": {"layers": True, "iam": False, "dynamodb": "moto"}}
    assert features.features_of("http://x", told) == {"lambda": True, "layers": True, "iam": False, "dynamodb": "moto"}


@pytest.mark.parametrize(("edition", "layers"), [("community", False), ("pro", True)])
def test_another_localstack_is_asked_for_its_services_and_edition(monkeypatch, edition, layers):
    health = {"edition": edition, "services": {"lambda": "running", "dynamodb": "disabled"}}
    monkeypatch.setattr(features, "get_json", lambda endpoint, path: health)
    monkeypatch.setattr(features, "refuses_unknown_keys", lambda endpoint: False)
    assert features.features_of("http://x", None) == {
        "lambda": True,
        "layers": layers,
        "iam": False,
        "dynamodb": False,
    }


def test_a_backend_that_does_not_answer_refuses_nothing():
    assert features.refuses_unknown_keys("http://127.0.0.1:1") is False


def test_a_lab_that_needs_nothing_special_starts():
    features.require({"lambda": True}, ("lambda",), "01", "endpoint")


def test_a_lab_that_needs_what_is_missing_says_all_of_it_in_one_sentence():
    with pytest.raises(BackendError) as caught:
        features.require({"lambda": True, "iam": False}, ("lambda", "layers", "iam"), "05", "endpoint")
    assert "Lab 05 needs layers that are applied to functions and IAM that refuses" in str(caught.value)
