"""Where a request to a REST API goes."""

from helpers.backend.execute_api import route, stage_url

URL = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/test"


def test_a_stage_has_awss_address():
    assert stage_url("a1b2c3d4e5", "eu-central-1", "test") == URL


def test_on_aws_a_request_goes_to_that_address():
    assert route(f"{URL}/users?a=1", None) == (f"{URL}/users?a=1", {})


def test_a_local_backend_is_told_the_host_that_it_plays():
    host = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
    assert route(f"{URL}/users?a=1", "http://127.0.0.1:1") == ("http://127.0.0.1:1/test/users?a=1", {"Host": host})
