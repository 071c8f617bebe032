"""A connection, its clients, and the environment of the kernel."""

import os
import subprocess
import sys

import pytest
from botocore.exceptions import ClientError

from helpers.backend import session
from helpers.backend.choice import Choice, choose
from helpers.backend.credentials import read_secret, secret_access_key
from helpers.errors import BackendError, LabError


def test_an_endpoint_that_does_not_answer_is_not_replaced_in_silence(home, port):
    environ = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    with pytest.raises(BackendError, match="start it, or unset AWS_ENDPOINT_URL"):
        session.connect(environ=environ)


def test_docker_that_does_not_run_says_how_to_start_it(home, port):
    with pytest.raises(BackendError, match="run 'docker compose up'"):
        session.connect(environ={"LAB_BACKEND": "docker", "LAB_PORT": str(port)})


@pytest.fixture
def endpoint(engine):
    """A LocalStack that is not ours."""
    return engine("localstack").up().endpoint


def test_the_environment_of_the_kernel_leads_to_the_backend_and_nowhere_else(endpoint):
    environ = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_LAMBDA": "https://elsewhere",
        "AWS_PROFILE": "work",
        "AWS_ACCESS_KEY_ID": "AKIAREAL",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/x",
        "HTTP_PROXY": "http://proxy",
        "NO_PROXY": "example.com",
        "PATH": os.environ["PATH"],
    }
    session.connect(environ=environ)
    assert {name: value for name, value in environ.items() if name.startswith("AWS_")} == {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    assert environ["NO_PROXY"] == "example.com,127.0.0.1"
    assert environ["no_proxy"] == "127.0.0.1"


def test_connecting_twice_changes_nothing_more(endpoint):
    environ = {"AWS_ENDPOINT_URL": endpoint}
    session.connect(environ=environ)
    once = dict(environ)
    session.connect(environ=environ)
    assert environ == once


def test_the_commands_of_this_environment_are_found(endpoint):
    environ = {"AWS_ENDPOINT_URL": endpoint, "PATH": "/usr/bin"}
    session.connect(environ=environ)
    assert environ["PATH"].split(os.pathsep) == [os.path.join(sys.prefix, "bin"), "/usr/bin"]


def test_an_embedded_engine_is_started_and_known_as_ours_afterwards(engine, monkeypatch, capsys):
    one = engine()
    monkeypatch.setattr("helpers.backend.engine.COMMAND", one.command)
    environ = {"LAB_PORT": one.environ["LAB_PORT"], "LAB_HOME": str(one.home)}
    connected = session.connect(environ=environ)
    assert capsys.readouterr().out.startswith("Starting the backend")
    assert (connected.backend, connected.account, connected.region) == ("embedded", "000000000000", "us-east-1")
    assert choose(environ) == Choice("embedded")
    assert one.running().endpoint == connected.endpoint == environ["LAB_ENDPOINT"]
    session.connect(environ=environ)
    assert capsys.readouterr().out == ""  # it runs already


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_address_of_our_own_engine_is_known_again_however_it_is_written(engine, port, host):
    endpoint = engine().up().endpoint
    os.environ["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    connected = session.connect()
    assert (connected.backend, connected.endpoint) == ("endpoint", endpoint)
    assert connected.features["layers"], "as only the engine's status says"
    connected.client("iam").list_roles()


@pytest.mark.parametrize("wrong", ["none", "own folder"])
def test_a_secret_that_the_engine_does_not_know_is_one_sentence_before_anything_is_set(engine, tmp_path, wrong):
    os.environ["AWS_ENDPOINT_URL"] = engine().up().endpoint
    if wrong == "none":  # somebody else's engine, and no secret was given
        os.environ["LAB_HOME"] = str(tmp_path / "another")
    else:
        os.environ["LAB_SECRET_ACCESS_KEY"] = "of another engine"
    with pytest.raises(BackendError, match="set LAB_SECRET_ACCESS_KEY to the one"):
        session.connect("123456789012")
    assert "AWS_SECRET_ACCESS_KEY" not in os.environ


def test_an_account_of_somebody_elses_engine_is_reached_with_the_secret_that_was_given(engine, home, tmp_path):
    os.environ["AWS_ENDPOINT_URL"] = engine().up().endpoint
    os.environ["LAB_SECRET_ACCESS_KEY"] = secret_access_key(read_secret(home), "123456789012")
    os.environ["LAB_HOME"] = str(tmp_path / "another")
    session.connect("123456789012").client("iam").list_roles()
    assert not (tmp_path / "another").exists()


@pytest.mark.parametrize("account", ["000000000000", "123456789012"])
def test_clients_and_commands_of_the_kernel_sign_with_the_secret_of_their_account(engine, account):
    engine().up()
    connected = session.connect(account)
    connected.client("iam").list_roles()
    theirs = {"AccessKeyId": os.environ["AWS_ACCESS_KEY_ID"], "SecretAccessKey": os.environ["AWS_SECRET_ACCESS_KEY"]}
    connected.client("iam", theirs).list_roles()
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        connected.client("iam", theirs | {"SecretAccessKey": "test"}).list_roles()


@pytest.mark.parametrize(("account", "environ"), [("123456789012", {}), (None, {"LAB_ACCOUNT": "123456789012"})])
def test_an_account_of_its_own_is_the_access_key(endpoint, account, environ):
    environ = {**environ, "AWS_ENDPOINT_URL": endpoint}
    connected = session.connect(account, environ=environ)
    assert connected.account == environ["AWS_ACCESS_KEY_ID"] == "123456789012"
    assert connected.client("sts")._request_signer._credentials.access_key == "123456789012"


@pytest.mark.parametrize("account", ["1", "12345678901", "12345678901x", "١٢٣٤٥٦٧٨٩٠١٢"])
def test_an_account_that_is_not_twelve_digits_is_one_sentence(endpoint, account):
    with pytest.raises(BackendError, match="give 12 digits"):
        session.connect(account, environ={"AWS_ENDPOINT_URL": endpoint})


def test_clients_go_to_the_backend_once_and_wait_for_the_longest_invocation(endpoint):
    os.environ["AWS_ENDPOINT_URL"] = endpoint
    connected = session.connect()
    client = connected.client("lambda")
    assert client is connected.client("lambda")
    assert client.meta.endpoint_url == endpoint
    assert client.meta.config.retries["total_max_attempts"] == 1
    assert client.meta.config.read_timeout > 900


USER = {"UserName": "ann", "AccessKeyId": "AKIAANN", "SecretAccessKey": "hers", "Status": "Active"}
ROLE_SESSION = {"AccessKeyId": "ASIAROLE", "SecretAccessKey": "its", "SessionToken": "token"}


@pytest.mark.parametrize(("credentials", "token"), [(USER, None), (ROLE_SESSION, "token")])
def test_a_client_with_credentials_signs_as_their_owner_on_the_same_backend(endpoint, credentials, token):
    os.environ["AWS_ENDPOINT_URL"] = endpoint
    connected = session.connect()
    ours = connected.client("lambda")
    client = connected.client("lambda", credentials)
    signed = client._request_signer._credentials
    assert (signed.access_key, signed.secret_key) == (credentials["AccessKeyId"], credentials["SecretAccessKey"])
    assert signed.token == token
    assert (client.meta.endpoint_url, client.meta.region_name) == (endpoint, ours.meta.region_name)
    assert client.meta.config.retries["total_max_attempts"] == 1
    assert connected.client("lambda") is ours


def test_on_aws_credentials_lead_to_aws_itself():
    import boto3

    boto = boto3.Session("AKIALEARNER", "secret", region_name="eu-central-1")
    connected = session.Session("aws", None, "123456789012", "eu-central-1", {}, boto)
    client = connected.client("lambda", ROLE_SESSION)
    assert client.meta.endpoint_url == "https://lambda.eu-central-1.amazonaws.com"
    assert client._request_signer._credentials.access_key == "ASIAROLE"
    assert connected.client("lambda")._request_signer._credentials.access_key == "AKIALEARNER"


@pytest.mark.parametrize("credentials", [{}, {"AccessKey": USER}, "AKIAANN"])
def test_an_object_that_is_not_credentials_is_one_sentence(endpoint, credentials):
    connected = session.connect(environ={"AWS_ENDPOINT_URL": endpoint})
    with pytest.raises(LabError, match="under 'AccessKey'"):
        connected.client("lambda", credentials)


def test_error_messages_are_as_aws_writes_them(endpoint):
    os.environ["AWS_ENDPOINT_URL"] = endpoint
    with pytest.raises(ClientError) as caught:
        session.connect().client("lambda").list_functions()
    assert "max retries" not in str(caught.value)


def test_nothing_is_written_to_the_home_folder(endpoint, tmp_path):
    program = "from helpers.backend import session; session.connect().client('lambda')"
    person = tmp_path / "person"
    person.mkdir()
    subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(person), "AWS_ENDPOINT_URL": endpoint, "PYTHONPATH": os.getcwd(), "PATH": os.environ["PATH"]},
        check=True,
    )
    assert list(person.iterdir()) == []
