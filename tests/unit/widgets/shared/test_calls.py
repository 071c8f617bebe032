"""Calls are shown as they were made: in boto3 and on the command line."""

import json
import shlex
import subprocess
import sys

import pytest
from botocore.exceptions import WaiterError

from helpers.errors import LabError
from helpers.widgets.shared.calls import Call, Calls

NASTY = """it's "$HOME" `date` \\ {"a": 1}; rm\n*"""


def test_a_call_reads_in_boto3_and_on_the_command_line():
    call = Call("lambda", "update_function_configuration", {"FunctionName": "Hello", "MemorySize": 256})
    assert call.boto3 == "lab.client(\"lambda\").update_function_configuration(FunctionName='Hello', MemorySize=256)"
    assert call.cli == "aws lambda update-function-configuration --function-name Hello --memory-size 256"


def test_an_invocation_names_the_file_for_its_answer():
    call = Call("lambda", "invoke", {"FunctionName": "Hello", "Payload": '{"name": "David"}', "LogType": "Tail"})
    assert call.cli == (
        'aws lambda invoke --function-name Hello --payload \'{"name": "David"}\' --log-type Tail out.txt'
    )


def test_a_wait_is_one_in_both():
    call = Call("lambda", "function_updated_v2", {"FunctionName": "Hello"}, waits=True)
    assert call.boto3 == 'lab.client("lambda").get_waiter("function_updated_v2").wait(FunctionName=\'Hello\')'
    assert call.cli == "aws lambda wait function-updated-v2 --function-name Hello"


def test_bytes_are_a_file():
    call = Call("lambda", "update_function_code", {"ZipFile": b"PK", "Publish": False})
    assert call.boto3.endswith('(ZipFile=open("function.zip", "rb").read(), Publish=False)')
    assert call.cli == "aws lambda update-function-code --zip-file fileb://function.zip --no-publish"


def test_a_shell_gives_the_command_what_was_meant():
    environment = {"Variables": {"NASTY": NASTY, "EMPTY": ""}}
    call = Call("lambda", "x", {"Environment": environment, "Description": NASTY, "Layers": ["a b", "c'd"]})
    program = f'aws() {{ "{sys.executable}" -c "import json, sys; print(json.dumps(sys.argv[1:]))" "$@"; }}; {call.cli}'
    heard = json.loads(subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=True).stdout)
    assert heard[:3] == ["lambda", "x", "--environment"]
    assert json.loads(heard[3]) == environment
    assert heard[4:] == ["--description", NASTY, "--layers", "a b", "c'd"]


def test_a_value_that_looks_like_an_option_is_none():
    assert shlex.split(Call("lambda", "invoke", {"Payload": "-1"}).cli)[3:] == ["--payload=-1", "out.txt"]


def test_calls_are_noted_before_they_are_made():
    class Refusing:
        def client(self, service):
            raise LabError("no")

    heard = []
    calls = Calls(Refusing(), lambda calls: heard.append(calls.made[-1].operation))
    with pytest.raises(LabError):
        calls("iam", "list_roles")
    assert heard == ["list_roles"]


@pytest.mark.parametrize(
    ("reason", "error", "words"),
    [("The role is <gone>.", LabError, r"The update failed \(The role is <gone>.\)"), (None, WaiterError, "Max")],
)
def test_a_wait_in_vain_says_why_if_aws_does(reason, error, words):
    class Lab:
        def client(self, service):
            return self

        get_waiter = client

        def wait(self, **_):
            raise WaiterError("W", "Max attempts", {"Configuration": {"LastUpdateStatusReason": reason}})

    with pytest.raises(error, match=words):
        Calls(Lab()).wait("lambda", "function_updated_v2")
