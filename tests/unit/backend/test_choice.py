"""The choice of a backend."""

import pytest

from helpers.backend.choice import Choice, Running, attach, choose
from helpers.errors import BackendError

LOCAL = "http://127.0.0.1:4599"


@pytest.mark.parametrize(
    ("environ", "choice"),
    [
        ({}, Choice("embedded")),
        ({"LAB_BACKEND": "embedded", "AWS_ENDPOINT_URL": LOCAL}, Choice("embedded")),
        ({"AWS_ENDPOINT_URL": LOCAL}, Choice("endpoint", LOCAL)),
        ({"AWS_ENDPOINT_URL": LOCAL + "/"}, Choice("endpoint", LOCAL)),
        ({"LAB_BACKEND": "docker", "AWS_ENDPOINT_URL": LOCAL}, Choice("docker", LOCAL)),
        ({"LAB_BACKEND": "docker"}, Choice("docker", "http://127.0.0.1:4566")),
        ({"LAB_BACKEND": "docker", "LAB_PORT": "4599"}, Choice("docker", LOCAL)),
        ({"LAB_BACKEND": "aws"}, Choice("aws")),
        ({"AWS_ENDPOINT_URL": LOCAL, "LAB_ENDPOINT": LOCAL}, Choice("embedded")),
        ({"AWS_PROFILE": "work", "AWS_ACCESS_KEY_ID": "AKIA"}, Choice("embedded")),
    ],
)
def test_the_environment_chooses_the_backend(environ, choice):
    assert choose(environ) == choice


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"LAB_BACKEND": "azure"}, "set it to one of embedded, docker, endpoint, aws"),
        ({"LAB_BACKEND": "endpoint"}, "AWS_ENDPOINT_URL is not set"),
        ({"LAB_BACKEND": "aws", "AWS_ENDPOINT_URL": LOCAL}, "unset one of them"),
        ({"AWS_ENDPOINT_URL": "localhost:4566"}, "set it to a URL such as"),
        ({"LAB_BACKEND": "aws", "AWS_ENDPOINT_URL": LOCAL, "LAB_ENDPOINT": LOCAL}, "restart it to use AWS"),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_sentence(environ, sentence):
    with pytest.raises(BackendError, match=sentence):
        choose(environ)


def test_our_container_on_the_labs_port_is_attached_to(engine, port, tmp_path):
    endpoint = engine("docker").up().endpoint
    choice = attach(Choice("embedded"), {"LAB_PORT": str(port), "LAB_HOME": str(tmp_path / "another")})
    assert choice == Running("docker", endpoint)
