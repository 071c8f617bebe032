"""What a backend can do."""

import pytest

from helpers.backend import features
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
    monkeypatch.setattr(features, "lab_health", lambda endpoint: None)
    monkeypatch.setattr(features, "accepts", lambda endpoint, key, secret: True)
    assert features.features_of("http://x", None) == {
        "lambda": True,
        "layers": layers,
        "iam": False,
        "dynamodb": False,
    }


@pytest.mark.parametrize(("accepted", "enforced"), [(True, False), (None, False), (False, True)])
def test_who_refuses_a_key_that_nobody_has_enforces_permissions(monkeypatch, accepted, enforced):
    monkeypatch.setattr(features, "get_json", lambda endpoint, path: {})
    monkeypatch.setattr(features, "lab_health", lambda endpoint: None)
    monkeypatch.setattr(features, "accepts", lambda endpoint, key, secret: accepted)
    assert features.features_of("http://x", None)["iam"] is enforced


@pytest.mark.parametrize("auth", ["on", "off"])
def test_an_engine_like_ours_with_a_secret_that_we_do_not_know_is_asked_whether_it_cares(engine, auth):
    endpoint = engine(LAB_AUTH=auth).up().endpoint
    assert features.features_of(endpoint, None) == {
        "lambda": True,
        "layers": True,
        "dynamodb": True,
        "iam": None,
        "auth": auth == "on",
    }


def test_a_backend_that_does_not_answer_neither_accepts_nor_refuses():
    assert features.accepts("http://127.0.0.1:1", "test", "test") is None


def test_what_is_not_known_of_a_backend_stops_no_lab():
    features.require({"lambda": True, "iam": None}, ("lambda", "iam"), "02", "docker")


def test_a_lab_that_needs_nothing_special_starts():
    features.require({"lambda": True}, ("lambda",), "01", "endpoint")


def test_a_lab_that_needs_what_is_missing_says_all_of_it_in_one_sentence():
    with pytest.raises(BackendError) as caught:
        features.require({"lambda": True, "iam": False}, ("lambda", "layers", "iam"), "05", "endpoint")
    assert "Lab 05 needs layers that are applied to functions and IAM that refuses" in str(caught.value)
