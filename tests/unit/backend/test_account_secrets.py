"""Where the secret access key of an account comes from."""

import pytest

from helpers.backend import account_secrets
from helpers.backend.credentials import ensure_secret, secret_access_key
from helpers.errors import BackendError

ELSEWHERE = "http://127.0.0.1:1"
ACCOUNT = ("123456789012", "123456789012")
PRINTS = """echo 'unset AWS_PROFILE'; echo "export AWS_SECRET_ACCESS_KEY='of $*'\""""


@pytest.fixture
def docker(tmp_path, home):
    """`docker(script)`: an environment in which the command `docker` is this shell script."""

    def make(script):
        program = tmp_path / "bin" / "docker"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"LAB_HOME": str(home), "PATH": str(program.parent)}

    return make


def test_a_secret_that_was_given_comes_first(home):
    for backend in ("embedded", "docker", "endpoint"):
        assert account_secrets.look_up(backend, ELSEWHERE, *ACCOUNT, {"LAB_SECRET_ACCESS_KEY": "given"}) == "given"


@pytest.mark.parametrize("endpoint", [None, ELSEWHERE])
def test_on_the_embedded_engine_it_follows_from_the_secret_of_the_labs_folder(home, endpoint):
    found = account_secrets.look_up("embedded", endpoint, *ACCOUNT, {"LAB_HOME": str(home)})
    assert found == secret_access_key(ensure_secret(home), "123456789012")
    assert found != account_secrets.look_up("embedded", endpoint, "000000000000", "test", {"LAB_HOME": str(home)})


def test_an_endpoint_that_is_our_own_engine_counts_as_that(engine, home):
    endpoint = engine().up().endpoint
    found = account_secrets.look_up("endpoint", endpoint, *ACCOUNT, {"LAB_HOME": str(home)})
    assert found == secret_access_key(ensure_secret(home), "123456789012")


def test_another_endpoint_gets_what_every_localstack_takes(engine, home):
    engine().up()
    assert account_secrets.look_up("endpoint", ELSEWHERE, *ACCOUNT, {"LAB_HOME": str(home)}) == "test"


def test_within_our_image_it_follows_from_the_secret_that_is_mounted(home, docker):
    secret = ensure_secret(home)
    environ = docker(PRINTS) | {"LAB_LISTEN": "0.0.0.0", "LAB_PORT": "4566"}
    found = account_secrets.look_up("docker", "http://127.0.0.1:4566", *ACCOUNT, environ)
    assert found == secret_access_key(secret, "123456789012")


def test_from_outside_the_container_is_asked_though_there_is_a_secret_of_our_own(home, docker):
    ensure_secret(home)  # of an embedded engine that ran here before
    found = account_secrets.look_up("docker", "http://127.0.0.1:4566", *ACCOUNT, docker(PRINTS))
    assert found == "of compose exec -T engine python -m helpers env --account 123456789012"


@pytest.mark.parametrize(
    "script",
    [
        "echo export AWS_SECRET_ACCESS_KEY=hush; exit 1",
        "echo hush >&2; exit 3",
        "echo hush",
        "echo 'export AWS_SECRET_ACCESS_KEY=\"hush'",
        "echo export AWS_SECRET_ACCESS_KEY=",
    ],
)
def test_a_container_that_does_not_tell_is_one_sentence_without_what_it_said(docker, script):
    with pytest.raises(BackendError) as caught:
        account_secrets.look_up("docker", ELSEWHERE, *ACCOUNT, docker(script))
    sentence = str(caught.value)
    assert "start it with 'docker compose up'" in sentence and "LAB_SECRET_ACCESS_KEY" in sentence
    assert "hush" not in sentence and caught.value.__cause__ is None, "which has the output too"


def test_a_machine_without_docker_is_one_sentence():
    with pytest.raises(BackendError, match=r"did not give its secret \(FileNotFoundError"):
        account_secrets.look_up("docker", ELSEWHERE, *ACCOUNT, {"PATH": "/nowhere"})
