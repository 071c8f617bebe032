"""Errors in forms."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from helpers.errors import LabError
from helpers.widgets.shared.form_errors import alert, attempt, sentence

REFUSED = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "ListRoles")


def fail(error):
    raise error


@pytest.mark.parametrize("error", [LabError("Do this."), REFUSED, EndpointConnectionError(endpoint_url="http://x")])
def test_an_error_of_ours_or_of_boto3_is_said(error):
    said = []
    attempt(lambda: fail(error), said.append)
    assert said == [sentence(error)]


def test_nothing_is_said_when_it_succeeds():
    said = []
    attempt(lambda: 1, said.append)
    assert said == []


def test_a_mistake_in_the_program_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        attempt(lambda: 1 / 0, print)


def test_our_own_sentences_stay_as_they_are_and_awss_code_is_named():
    assert sentence(LabError("Do this.")) == "Do this."
    assert "AccessDenied" in sentence(REFUSED)


def test_an_alert_is_announced_and_escaped():
    assert alert("a < b", "lab-x") == '<p role="alert" class="lab-x">a &lt; b</p>'
