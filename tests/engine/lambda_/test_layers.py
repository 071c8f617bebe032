"""Layers: in which order they are merged, how long they live, which are listed, and how large they may be."""

import io
import uuid
import zipfile

import pytest
from botocore.exceptions import ClientError
from kit import ROLE, zipped

pytestmark = pytest.mark.everywhere

MB = 1024 * 1024

READ = """
import os, pathlib
OPT = pathlib.Path(os.environ.get("LAB_OPT", "/opt"))
def handler(event, context):
    return {path.name: path.read_text() for path in sorted(OPT.iterdir())}
"""


@pytest.fixture
def publish(client):
    """`publish(files)`: a version of a layer of its own, or of the one named."""
    lam = client("lambda")
    made = []

    def make(files, name=None, **options):
        package = files if isinstance(files, bytes) else zipped(files)
        name = name or f"l-{uuid.uuid4().hex[:10]}"
        made.append(lam.publish_layer_version(LayerName=name, Content={"ZipFile": package}, **options))
        return made[-1]

    yield make
    for version in made:
        name = version["LayerArn"].rpartition(":")[2]
        lam.delete_layer_version(LayerName=name, VersionNumber=version["Version"])


def holes(megabytes: int) -> bytes:
    """A small zip file with so much in it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("nothing", "w") as file,
    ):
        for _ in range(megabytes):
            file.write(bytes(MB))
    return buffer.getvalue()


def refusal(call, *arguments, **options) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(*arguments, **options)
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


def test_of_two_files_of_one_name_that_of_the_later_layer_counts(function, publish):
    one = publish({"who": "one", "one": "1"})["LayerVersionArn"]
    two = publish({"who": "two", "two": "2"})["LayerVersionArn"]
    assert function(READ, Layers=[one, two])().payload == {"one": "1", "two": "2", "who": "two"}
    assert function(READ, Layers=[two, one])().payload == {"one": "1", "two": "2", "who": "one"}


def test_a_function_keeps_a_layer_version_that_is_deleted_and_no_other_gets_it(function, publish, client):
    lam = client("lambda")
    version = publish({"who": "gone"})
    name, arn = version["LayerArn"].rpartition(":")[2], version["LayerVersionArn"]
    call = function(READ, Layers=[arn])
    lam.delete_layer_version(LayerName=name, VersionNumber=1)
    assert call().payload == {"who": "gone"}
    lam.update_function_configuration(FunctionName=call.name, Description="a new environment")
    lam.get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 0.1})
    assert call().payload == {"who": "gone"}
    code, message = refusal(function, READ, Layers=[arn])
    assert (code, message) == ("InvalidParameterValueException", f"Layer version {arn} does not exist.")
    assert publish({"who": "again"}, name)["Version"] == 2


def test_a_layer_without_versions_is_not_listed(publish, client):
    lam = client("lambda")
    name = publish({"a": ""})["LayerArn"].rpartition(":")[2]
    names = lambda: [layer["LayerName"] for layer in lam.list_layers()["Layers"]]  # noqa: E731
    assert name in names()
    lam.delete_layer_version(LayerName=name, VersionNumber=1)
    assert name not in names()
    assert lam.list_layer_versions(LayerName=name)["LayerVersions"] == []


def test_a_runtime_that_is_asked_for_selects_layers_and_their_versions(publish, client):
    lam = client("lambda")
    name = publish({"a": ""}, CompatibleRuntimes=["python3.13"])["LayerArn"].rpartition(":")[2]
    publish({"a": ""}, name, CompatibleRuntimes=["nodejs24.x"])

    def newest(**asked):
        found = {layer["LayerName"]: layer for layer in lam.list_layers(**asked)["Layers"]}
        return found[name]["LatestMatchingVersion"]["Version"] if name in found else None

    assert newest() == 2
    assert newest(CompatibleRuntime="python3.13") == 1
    assert newest(CompatibleRuntime="python3.12") is None
    versions = lam.list_layer_versions(LayerName=name, CompatibleRuntime="nodejs24.x")["LayerVersions"]
    assert [version["Version"] for version in versions] == [2]
    assert refusal(lam.list_layers, CompatibleRuntime="cobol")[0] == "ValidationException"


def test_code_and_layers_may_have_250_mb_together(function, publish, client):
    lam = client("lambda")
    a, b = (publish(holes(130))["LayerVersionArn"] for _ in "ab")
    assert refusal(function, READ, Layers=[a, b]) == (
        "InvalidParameterValueException",
        "Layers consume more than the available size of 262144000 bytes",
    )
    new = {"FunctionName": "f-large", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE}
    assert refusal(lam.create_function, **new, Code={"ZipFile": holes(121)}, Layers=[a]) == (
        "InvalidParameterValueException",
        f"Unzipped size must be smaller than {120 * MB} bytes",
    )
    name = function(READ, Layers=[a]).name
    code, message = refusal(lam.update_function_code, FunctionName=name, ZipFile=holes(121))
    assert (code, message) == (
        "InvalidParameterValueException",
        f"Unzipped size must be smaller than {120 * MB} bytes",
    )
    assert refusal(lam.update_function_configuration, FunctionName=name, Layers=[a, b]) == (
        "InvalidParameterValueException",
        "Layers consume more than the available size of 262144000 bytes",
    )
    lam.update_function_configuration(FunctionName=name, Layers=[])
    lam.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    lam.update_function_code(FunctionName=name, ZipFile=holes(121))
    lam.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    assert refusal(lam.update_function_configuration, FunctionName=name, Layers=[a]) == (
        "InvalidParameterValueException",
        "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. "
        f"The actual size is {251 * MB} bytes.",
    )


def test_a_layer_may_have_250_mb_unzipped(client):
    code, message = refusal(
        client("lambda").publish_layer_version, LayerName="l-large", Content={"ZipFile": holes(251)}
    )
    assert (code, message) == (
        "InvalidParameterValueException",
        "Unzipped size must be smaller than 262144000 bytes",
    )


def test_a_request_may_have_70_mb_and_a_zip_file_in_it_50(client):
    lam = client("lambda")
    for size, message in (
        (51 * MB, "Request must be smaller than 70167211 bytes for the PublishLayerVersion operation"),
        (50 * MB + 1, "Zipped size must be smaller than 52428800 bytes"),
    ):
        package = {"ZipFile": bytes(size)}
        refused = refusal(lam.publish_layer_version, LayerName="l-large", Content=package)
        assert refused[0] == "RequestEntityTooLargeException" and refused[1].endswith(message)
