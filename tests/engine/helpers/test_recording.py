"""A recording of our engine beside the example that is made from AWS's documentation."""

import boto3
from compare import __main__ as compare
from compare.calls import read
from kit import ROLE, secret, wait_until_active, zipped

from helpers.backend.clients import make_client
from helpers.state.home import ROOT

EXAMPLE = ROOT / "tests" / "tools" / "compare" / "recordings" / "example-from-documentation.jsonl"
FUNCTION = {"Runtime": "nodejs22.x", "Handler": "index.handler", "Role": ROLE, "MemorySize": 256}


def test_of_a_function_of_ours_the_example_has_no_member_that_ours_lacks(engine, client, monkeypatch, tmp_path):
    monkeypatch.setenv("LAB_RECORD", str(tmp_path))
    monkeypatch.setenv("LAB_RECORD_KEY", "00" * 32)
    boto = boto3.Session("test", secret(engine), region_name="us-east-1")
    lam = make_client(boto, "lambda", local=True, endpoint_url=engine.endpoint)
    code = {"ZipFile": zipped({"index.js": "exports.handler = async () => 1"})}
    client("lambda").create_function(FunctionName="hunter2", Code=code, **FUNCTION)
    wait_until_active(client("lambda"), "hunter2")
    client("lambda").publish_version(FunctionName="hunter2")
    lam.get_function_configuration(FunctionName="hunter2", Qualifier="1")
    client("lambda").delete_function(FunctionName="hunter2")
    recording = tmp_path / "recording.jsonl"
    assert "hunter2" not in recording.read_text(encoding="utf-8")
    found = list(compare.report(read(EXAMPLE), read(recording)))
    # The example is of 2019: since then members have come, and a VPC's settings are left out where there is none.
    told = [line.removeprefix("lambda.GetFunctionConfiguration: ") for line in found if not line.endswith("only here")]
    assert [line.partition(":")[0] for line in told] == ["Version", "Runtime", "VpcConfig", "FunctionArn"]
    assert told[2] == "VpcConfig: missing here"
