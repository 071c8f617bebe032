"""What `python -m helpers env` prints."""

import json
import os
import subprocess
import sys

import pytest

from helpers.__main__ import main
from helpers.backend import account_environment
from helpers.backend.credentials import read_secret, secret_access_key
from helpers.state import last_account


def said(capsys, *arguments):
    code = main(["env", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def in_a_shell(command, **environ):
    """What a shell says that has evaluated the lines and then runs `command`."""
    script = f'eval "$({sys.executable} -m helpers env)" && {command}'
    bin = os.path.dirname(sys.executable)
    environ = {**os.environ, "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", **environ}
    return subprocess.run(["sh", "-c", script], env=environ, capture_output=True, text=True)


def test_four_variables_of_the_account_are_exported(engine, home, capsys):
    endpoint = engine().up().endpoint
    code, text, error = said(capsys)
    assert (code, error) == (0, "")
    assert text.splitlines() == [
        f"export AWS_ENDPOINT_URL={endpoint}",
        "export AWS_ACCESS_KEY_ID=test",
        f"export AWS_SECRET_ACCESS_KEY={secret_access_key(read_secret(home), 'test')}",
        "export AWS_DEFAULT_REGION=us-east-1",
    ]


@pytest.mark.parametrize(("arguments", "account"), [(("--account", "123456789012"), ""), ((), "123456789012")])
def test_another_account_has_a_secret_of_its_own(engine, home, capsys, arguments, account):
    engine().up()
    os.environ["LAB_ACCOUNT"] = account
    lines = said(capsys, *arguments)[1].splitlines()
    assert lines[1] == "export AWS_ACCESS_KEY_ID=123456789012"
    assert lines[2] == f"export AWS_SECRET_ACCESS_KEY={secret_access_key(read_secret(home), '123456789012')}"


def test_the_account_is_that_of_a_lab_or_of_the_lab_that_was_started_last(engine, home, capsys):
    engine().up()
    last_account.note("000000000004", home)
    keys = [said(capsys, *arguments)[1].splitlines()[1] for arguments in ((), ("--lab", "05"), ("--account", "1" * 12))]
    assert keys == [f"export AWS_ACCESS_KEY_ID={key}" for key in ("000000000004", "000000000005", "1" * 12)]
    os.environ["LAB_ACCOUNT"] = "2" * 12  # as for Lab("05")
    assert said(capsys, "--lab", "05")[1].splitlines()[1].endswith("2" * 12)
    assert said(capsys, "--lab", "5") == (1, "", "'5' is not the number of a lab: give two digits, such as 04.\n")


def test_without_an_engine_it_says_so_on_stderr_and_has_an_exit_code_of_its_own(home, port, capsys):
    os.environ["LAB_PORT"] = str(port)
    code, text, error = said(capsys)
    assert (code, text) == (3, "")
    assert error.startswith("No engine is running") and error.count("\n") == 1
    os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
    assert said(capsys)[0] == 3


def test_the_secrets_of_aws_are_not_printed(home, capsys):
    os.environ |= {"LAB_BACKEND": "aws", "AWS_SECRET_ACCESS_KEY": "real"}
    code, text, error = said(capsys)
    assert (code, text) == (1, "") and "real" not in error


def test_an_account_that_is_none_is_one_sentence(engine, capsys):
    engine().up()
    assert said(capsys, "--account", "me")[0::2] == (
        1,
        "'me' is not an account id: give 12 digits (LAB_ACCOUNT), or leave it out.\n",
    )


def test_what_would_lead_a_shell_elsewhere_is_unset(engine, home):
    engine().up()
    ambient = {"AWS_SESSION_TOKEN": "real", "AWS_PROFILE": "work", "AWS_REGION": "eu-west-1", "AWS_PAGER": ""}
    ambient |= {"AWS_ENDPOINT_URL_S3": "https://elsewhere", "AWS_ENDPOINT_URL_;reboot": "", "LAB_HOME": str(home)}
    unset = [line for line in account_environment.lines(None, ambient) if not line.startswith("export ")]
    assert unset == ["unset AWS_ENDPOINT_URL_S3", "unset AWS_PROFILE", "unset AWS_REGION", "unset AWS_SESSION_TOKEN"]


@pytest.mark.parametrize(
    "command", ["aws iam list-roles", "python -c 'import boto3; boto3.client(\"iam\").list_roles()'"]
)
def test_aws_tools_of_a_shell_that_evaluates_it_are_accepted(engine, command, tmp_path):
    engine().up()
    own = {"HOME": str(tmp_path)}
    assert in_a_shell(command, **own).returncode == 0
    refused = in_a_shell(f"AWS_SECRET_ACCESS_KEY=test && {command}", **own)
    assert "SignatureDoesNotMatch" in refused.stderr


def test_a_lab_of_a_shell_that_evaluates_it_is_accepted_too(engine):
    endpoint = engine().up().endpoint
    program = (
        "import json; from helpers.backend import session; connected = session.connect(); "
        'connected.client("iam").list_roles(); print(json.dumps([connected.backend, connected.endpoint]))'
    )
    done = in_a_shell(f"python -c '{program}'")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["endpoint", endpoint]
