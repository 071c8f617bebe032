"""Real AWS: only when it is meant."""

import os

import pytest

from helpers.backend import aws, session
from helpers.errors import BackendError, ConfirmationError


def test_aws_goes_on_when_account_and_region_are_typed():
    aws.confirm("123456789012/eu-central-1", {}, lambda prompt: "123456789012/eu-central-1 ")


def test_aws_goes_on_when_account_and_region_are_set():
    aws.confirm("1/eu", {"LAB_AWS_CONFIRM": "1/eu"}, lambda prompt: pytest.fail("asked"))


@pytest.mark.parametrize("typed", ["", "yes", "123456789012", "123456789012/us-east-1"])
def test_aws_stops_when_anything_else_is_typed(typed):
    with pytest.raises(ConfirmationError, match="type 123456789012/eu-central-1"):
        aws.confirm("123456789012/eu-central-1", {}, lambda prompt: typed)


def test_aws_stops_when_nobody_can_be_asked():
    def no_keyboard(prompt):
        raise EOFError

    with pytest.raises(ConfirmationError):
        aws.confirm("1/eu", {}, no_keyboard)


def test_aws_with_credentials_that_are_refused_is_one_sentence(home, monkeypatch):
    environ = {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    for name, value in {**environ, "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BackendError, match=r"AWS does not accept your credentials \(Unable to locate credentials\)"):
        session.connect(environ={"LAB_BACKEND": "aws"})


def test_aws_without_a_region_is_one_sentence(home, monkeypatch):
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    with pytest.raises(BackendError, match="No AWS region is set"):
        session.connect(environ={"LAB_BACKEND": "aws"})


class Sts:
    def get_caller_identity(self):
        return {"Account": "123456789012"}


class Boto:
    region_name = "eu-central-1"

    def client(self, service):
        return Sts()


def test_aws_connects_with_the_learners_own_credentials_and_leaves_the_environment_alone(monkeypatch):
    monkeypatch.setattr("boto3.Session", Boto)
    environ = {"LAB_BACKEND": "aws", "AWS_PROFILE": "mine", "LAB_AWS_CONFIRM": "123456789012/eu-central-1"}
    connected = session.connect(environ=environ)
    assert (connected.backend, connected.endpoint) == ("aws", None)
    assert (connected.account, connected.region) == ("123456789012", "eu-central-1")
    assert environ["AWS_PROFILE"] == "mine"


def test_aws_with_another_account_than_asked_for_is_one_sentence(monkeypatch):
    monkeypatch.setattr("boto3.Session", Boto)
    with pytest.raises(BackendError, match="for account 123456789012, not 999999999999"):
        session.connect("999999999999", environ={"LAB_BACKEND": "aws"})
