"""Recording a lab's calls: what is written, where, and that the calls themselves are as before."""

import io
import json
import stat
from types import SimpleNamespace

import boto3
import pytest
from botocore.response import StreamingBody

from helpers.backend import aws_cli, recording
from helpers.backend.clients import make_client
from helpers.errors import LabError


@pytest.fixture
def folder(home, monkeypatch, tmp_path):
    monkeypatch.setenv("LAB_RECORD", str(tmp_path / "records"))
    return tmp_path / "records"


def client(service):
    boto = boto3.Session("AKIALEARNER", "their-secret", region_name="us-east-1")
    return make_client(boto, service, local=False)


def call(api, operation, answer, status=200, **request):
    """Make a call that is answered with `answer`, without a network."""
    model = api.meta.service_model.operation_model(operation)
    http = SimpleNamespace(status_code=status, headers={})
    answer = {"ResponseMetadata": {"HTTPHeaders": {"x-amzn-requestid": "id-of-request"}}, **answer}
    api.meta.events.register_first("before-call", lambda **_: (http, answer), unique_id="answer")
    name = {operation: python for python, operation in api.meta.method_to_api_mapping.items()}[model.name]
    return getattr(api, name)(**request)


def written(folder):
    return [json.loads(line) for line in (folder / "recording.jsonl").read_text(encoding="utf-8").splitlines()]


def test_without_the_setting_nothing_is_recorded(home, tmp_path):
    call(client("lambda"), "GetFunction", {}, FunctionName="HelloWorld")
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_a_call_is_a_line_without_headers_or_ids(folder):
    api = client("lambda")
    arn = "arn:aws:lambda:us-east-1:123456789012:function:HelloWorld"
    call(api, "GetFunctionConfiguration", {"FunctionArn": arn, "MemorySize": 128}, FunctionName="HelloWorld")
    call(api, "DeleteFunction", {}, status=204, FunctionName="HelloWorld")
    first, second = written(folder)
    mark = first["response"]["FunctionArn"].split(":")[4]
    assert first == {
        "service": "lambda",
        "operation": "GetFunctionConfiguration",
        "status": 200,
        "request": {"FunctionName": "HelloWorld"},
        "response": {"FunctionArn": arn.replace("123456789012", mark), "MemorySize": 128},
    }
    assert second["operation"] == "DeleteFunction"
    text = (folder / "recording.jsonl").read_text(encoding="utf-8")
    assert [word for word in ("AKIALEARNER", "their-secret", "id-of-request", "123456789012") if word in text] == []


def test_an_error_has_awss_code_and_its_message(folder):
    api = client("lambda")
    error = {"Error": {"Code": "ResourceNotFoundException", "Message": "Function not found: HelloWorld"}}
    with pytest.raises(api.exceptions.ResourceNotFoundException):
        call(api, "GetFunction", {**error, "Type": "User"}, status=404, FunctionName="HelloWorld")
    assert written(folder)[0]["response"] == error


def test_a_stream_is_there_to_be_read_after_it_was_recorded(folder):
    raw = io.BytesIO(b'{"name": "Ann"}')
    raw.headers = {"Content-Length": "15"}
    answer = call(client("s3"), "GetObject", {"Body": StreamingBody(raw, 15)}, Bucket="b", Key="k")
    assert answer["Body"].read() == b'{"name": "Ann"}'
    assert "Ann" not in json.dumps(written(folder))
    assert list(written(folder)[0]["response"]["Body"]["<json>"]) == ["name"]


def test_a_stream_that_is_large_or_of_unknown_size_is_left_alone(folder):
    answer = call(client("s3"), "GetObject", {"Body": StreamingBody(io.BytesIO(b"1"), 1)}, Bucket="b", Key="k")
    assert answer["Body"].read() == b"1"
    assert written(folder)[0]["response"]["Body"] == "<bytes>"


def test_the_command_line_is_recorded_in_the_same_place_with_the_same_marks(folder, monkeypatch):
    import awscli.clidriver

    call(client("lambda"), "GetFunction", {}, FunctionName="hunter2")

    class Driver:
        session = boto3.Session("AKIALEARNER", "their-secret", region_name="us-east-1")._session

        def main(self):
            call(self.session.create_client("lambda"), "GetFunction", {}, FunctionName="hunter2")
            return 0

    monkeypatch.setattr(awscli.clidriver, "create_clidriver", Driver)
    aws_cli.main()
    first, second = written(folder)
    assert first == second


def test_only_its_owner_can_read_a_recording_and_its_key_is_not_in_it(folder, monkeypatch):
    call(client("lambda"), "GetFunction", {}, FunctionName="hunter2")
    assert stat.S_IMODE((folder / "recording.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert recording.os.environ["LAB_RECORD_KEY"] not in (folder / "recording.jsonl").read_text(encoding="utf-8")


def test_what_cannot_be_redacted_is_not_written_and_breaks_no_call(folder, monkeypatch):
    monkeypatch.setattr(recording.Recorder, "redacted", lambda *_: json.loads("{"))
    assert call(client("lambda"), "GetFunction", {"Tags": {}}, FunctionName="hunter2")["Tags"] == {}
    expected = {"service": "lambda", "operation": "GetFunction", "status": 200, "not_recorded": "JSONDecodeError"}
    assert written(folder) == [expected]


def test_a_folder_that_cannot_be_written_is_a_sentence(home, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LAB_RECORD", str(tmp_path / "file"))
    with pytest.raises(LabError, match="set LAB_RECORD to a folder of yours"):
        call(client("lambda"), "GetFunction", {}, FunctionName="f")
