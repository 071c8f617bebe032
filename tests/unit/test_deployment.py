"""From files to a function."""

import hashlib
import io
import zipfile
from types import SimpleNamespace

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber

from helpers import deploy, layer, zip_code
from helpers.deployment import _when_role_is_ready
from helpers.errors import PackageError


def entries(package: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(package)).infolist()


def test_the_same_files_give_the_same_bytes_in_any_order():
    assert zip_code({"a": "1", "b": b"2"}) == zip_code({"b": "2", "a": b"1"})


def test_the_bytes_are_the_same_on_every_machine():
    # If this fails, CodeSha256 in every saved notebook has changed.
    digest = hashlib.sha256(zip_code({"index.js": "exports.handler = async () => 1;\n"})).hexdigest()
    assert digest == "91d1f7ed7c4be42ff9c00cc13c84837615ecff05e60f553529bdd291321a0997"


def test_entries_are_sorted_old_and_readable_by_all():
    first, second = entries(zip_code({"z.py": "", "a/b.py": ""}))
    assert (first.filename, second.filename) == ("a/b.py", "z.py")
    assert first.date_time == (1980, 1, 1, 0, 0, 0)
    assert first.external_attr >> 16 == 0o100644


def test_a_bootstrap_can_be_executed():
    assert entries(zip_code({"bootstrap": "#!/bin/sh"}))[0].external_attr >> 16 == 0o100755


def test_a_folder_is_packed_with_its_subfolders_and_without_caches(tmp_path):
    (tmp_path / "lib" / "__pycache__").mkdir(parents=True)
    (tmp_path / "lib" / "__pycache__" / "x.pyc").write_text("")
    (tmp_path / "lib" / "x.py").write_text("x = 1")
    (tmp_path / "tool").write_text("#!/bin/sh")
    (tmp_path / "tool").chmod(0o755)
    assert [(e.filename, e.external_attr >> 16) for e in entries(zip_code(tmp_path))] == [
        ("lib/x.py", 0o100644),
        ("tool", 0o100755),
    ]


def test_a_folder_and_the_same_files_in_a_mapping_give_the_same_bytes(tmp_path):
    (tmp_path / "index.js").write_text("1")
    assert zip_code(tmp_path) == zip_code({"index.js": "1"}) == zip_code(tmp_path / "index.js")


def test_compress_makes_it_smaller_and_keeps_the_content():
    small = zip_code({"a": "a" * 10_000}, compress=True)
    assert len(small) < 1_000 < len(zip_code({"a": "a" * 10_000}))
    assert zipfile.ZipFile(io.BytesIO(small)).read("a") == b"a" * 10_000


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../b", "a\\b", "", "a//b", "."])
def test_a_path_that_leads_out_of_the_package_is_refused(name):
    with pytest.raises(PackageError, match="is not a path inside a package"):
        zip_code({name: ""})


def test_no_files_are_refused(tmp_path):
    for nothing in ({}, tmp_path):
        with pytest.raises(PackageError, match="no files to zip"):
            zip_code(nothing)


@pytest.mark.parametrize("text", ["exports.handler = 1;", b"PK"])
def test_a_text_in_place_of_files_is_one_sentence_that_says_what_to_give(text):
    with pytest.raises(PackageError, match=r'one text, without a name: give \{"index.js": text\}'):
        zip_code(text)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(PackageError, match="does not exist"):
        zip_code(tmp_path / "gone")


@pytest.fixture
def aws():
    """A lab whose Lambda client answers what the test says, in order."""
    client = boto3.client("lambda", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(client) as stub:
        yield SimpleNamespace(client=lambda service: client, role="arn:aws:iam::000000000000:role/r", stub=stub)
        stub.assert_no_pending_responses()


READY = {"FunctionName": "f", "State": "Active", "LastUpdateStatus": "Successful"}
CODE = {"index.js": "1"}


def test_deploy_creates_a_function_that_is_not_there_and_waits(aws):
    asked = {"FunctionName": "f"}
    aws.stub.add_client_error("get_function_configuration", "ResourceNotFoundException", expected_params=asked)
    aws.stub.add_response(
        "create_function",
        {"FunctionName": "f", "State": "Pending"},
        {
            "FunctionName": "f",
            "Runtime": "nodejs22.x",
            "Handler": "index.h",
            "Role": aws.role,
            "Code": {"ZipFile": zip_code(CODE)},
            "Timeout": 3,
            "MemorySize": 512,
            "Description": "",
            "Environment": {"Variables": {}},
            "Layers": [],
        },
    )
    aws.stub.add_response("get_function", {"Configuration": {"State": "Pending"}})
    aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("get_function_configuration", READY)
    assert deploy(aws, "f", CODE, Runtime="nodejs22.x", Handler="index.h", MemorySize=512) == READY


def test_deploy_brings_a_function_that_is_there_to_the_state_asked_for(aws):
    aws.stub.add_response("get_function_configuration", {**READY, "Timeout": 100})
    aws.stub.add_response("get_function", {"Configuration": READY})
    code = {"FunctionName": "f", "ZipFile": zip_code(CODE), "Architectures": ["arm64"]}
    aws.stub.add_response("update_function_code", READY, code)
    aws.stub.add_response("get_function", {"Configuration": {"LastUpdateStatus": "InProgress"}})
    aws.stub.add_response("get_function", {"Configuration": READY})
    settings = {"Timeout": 3, "MemorySize": 128, "Description": "", "Environment": ANY, "Layers": []}
    aws.stub.add_response(
        "update_function_configuration",
        READY,
        {"FunctionName": "f", "Runtime": "nodejs22.x", "Handler": "index.h", "Role": "arn:other", **settings},
    )
    for _ in range(2):
        aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("get_function_configuration", READY)
    deploy(aws, "f", CODE, Runtime="nodejs22.x", Handler="index.h", Role="arn:other", Architectures=["arm64"])


def test_deploy_does_not_ask_again_for_a_tenancy_that_is_there_for_ever(aws):
    tenancy = {"TenancyConfig": {"TenantIsolationMode": "PER_TENANT"}}
    aws.stub.add_response("get_function_configuration", {**READY, **tenancy})
    aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("update_function_code", READY)
    aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("update_function_configuration", READY)
    for _ in range(2):
        aws.stub.add_response("get_function", {"Configuration": READY})
    aws.stub.add_response("get_function_configuration", {**READY, **tenancy})
    assert deploy(aws, "f", CODE, Runtime="nodejs22.x", Handler="index.h", **tenancy) == {**READY, **tenancy}


def test_what_aws_refuses_reaches_the_caller(aws):
    aws.stub.add_client_error("get_function_configuration", "ResourceNotFoundException")
    aws.stub.add_client_error("create_function", "InvalidParameterValueException", "Value nodejs6.10 at 'runtime'")
    with pytest.raises(ClientError, match=r"nodejs6\.10"):
        deploy(aws, "f", CODE, Runtime="nodejs6.10", Handler="index.h")


def refusal(message):
    return ClientError({"Error": {"Code": "InvalidParameterValueException", "Message": message}}, "CreateFunction")


def test_a_role_that_aws_does_not_know_yet_is_tried_again():
    answers = [refusal("The role defined for the function cannot be assumed by Lambda."), None]
    naps = []

    def call():
        answer = answers.pop(0)
        if answer:
            raise answer
        return "created"

    assert _when_role_is_ready(call, sleep=naps.append) == "created"
    assert naps == [1]


def test_another_refusal_is_not_tried_again():
    def call():
        raise refusal("no")

    with pytest.raises(ClientError):
        _when_role_is_ready(call, sleep=lambda seconds: pytest.fail("slept"))


def test_a_role_that_never_gets_ready_ends_with_what_aws_said():
    def call():
        raise refusal("The role defined for the function cannot be assumed by Lambda.")

    with pytest.raises(ClientError, match="cannot be assumed"):
        _when_role_is_ready(call, sleep=lambda seconds: None, attempts=3)


def test_layer_publishes_a_version_and_returns_its_arn(aws):
    aws.stub.add_response(
        "publish_layer_version",
        {"LayerVersionArn": "arn:l:1"},
        {
            "LayerName": "l",
            "Description": "",
            "Content": {"ZipFile": zip_code({"python/x.py": ""})},
            "CompatibleRuntimes": ["python3.13"],
        },
    )
    assert layer(aws, "l", {"python/x.py": ""}, runtimes=("python3.13",)) == "arn:l:1"
