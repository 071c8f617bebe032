"""Nothing that Lambda accepts here is silently without effect: every member of every request has a verdict that holds.

`request_members` is the table; the members are those of the newest service model of Lambda that learners have.
"""

import re
from pathlib import Path

import botocore.session
import pytest
from botocore.exceptions import ClientError
from event_source_kit import Mappings
from kit import ROLE, wait_until_active, zipped
from request_members import NAMES, OPERATIONS_REFUSED, REFUSED, STORED, VERDICTS
from request_shapes import has_members, request, walk

TESTS = Path(__file__).parents[2]
SERVICE = botocore.session.get_session().get_service_model("lambda")
NAME = "members"
FUNCTION = {
    "FunctionName": NAME,
    "Runtime": "python3.13",
    "Handler": "index.handler",
    "Role": ROLE,
    "Code": {"ZipFile": zipped({"index.py": "def handler(event, context): return 1"})},
}
SIGNERS = {
    "SigningProfileVersionArns": ["arn:aws:signer:us-east-1:000000000000:/signing-profiles/team/abcdefghij"],
}


def rows(path, operation):
    """The keys of the table that may speak of a member, the most special first: its own, then those of its frames."""
    parts = path.split(".")
    paths = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return [*(f"{operation} {one}" for one in paths), *paths]


def table():
    """{(operation, path): the key of its row, None without one}, for members that are no frames."""
    return {
        (name, path): next((key for key in rows(path, name) if key in VERDICTS), None)
        for name in SERVICE.operation_names
        if name not in OPERATIONS_REFUSED and SERVICE.operation_model(name).input_shape
        for path, shape in walk(SERVICE.operation_model(name).input_shape)
        if not has_members(shape)
    }


def members(verdict):
    """(operation, path) of the members with a verdict; for `REFUSED`, whatever the code."""
    return [where for where, key in table().items() if key and VERDICTS[key].partition(" ")[0] == verdict]


def test_every_member_of_every_request_has_a_row_and_no_row_is_of_none():
    found = table()
    assert sorted(where for where, key in found.items() if key is None) == []
    assert sorted(VERDICTS.keys() - set(found.values())) == []
    assert sorted(OPERATIONS_REFUSED - set(SERVICE.operation_names)) == []


def test_what_a_row_refers_to_is_a_test():
    wrong = []
    for verdict in set(VERDICTS.values()) - {NAMES, STORED}:
        file, _, name = verdict.partition("::")
        path = TESTS / file
        if not verdict.startswith(REFUSED) and not (
            path.is_file() and re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE)
        ):
            wrong.append(verdict)
    assert wrong == []


@pytest.fixture(scope="module")
def lam(unchecked):
    """A client that sends what it is given."""
    return unchecked("lambda")


def send(lam, operation, request_):
    return getattr(lam, botocore.xform_name(operation))(**request_)


@pytest.mark.parametrize(("operation", "path"), members(REFUSED), ids=lambda value: value)
def test_a_member_is_refused(lam, operation, path):
    row = VERDICTS[table()[operation, path]]
    code = row.partition(" ")[2] or "NotImplemented"
    with pytest.raises(ClientError) as error:
        send(lam, operation, request(SERVICE.operation_model(operation), path))
    answer = error.value.response["Error"]
    assert answer["Code"] == code, answer["Message"]
    if code == "NotImplemented":
        # It names the member, or what it is a part of.
        named = answer["Message"].partition(" of ")[0]
        assert path == named or path.startswith(f"{named}.") or named.startswith(f"{path}."), answer["Message"]


@pytest.mark.parametrize("operation", sorted(OPERATIONS_REFUSED))
def test_an_operation_is_refused(lam, operation):
    with pytest.raises(ClientError) as error:
        send(lam, operation, request(SERVICE.operation_model(operation)))
    answer = error.value.response["Error"]
    assert answer["Code"] == "NotImplemented", answer["Message"]
    assert "AWS Lambda" in answer["Message"]


def test_no_smallest_request_is_an_internal_error(lam):
    """Of things that are not there; one operation needs none, and makes something."""
    failed = {}
    for operation in SERVICE.operation_names:
        model = SERVICE.operation_model(operation)
        try:
            answer = send(lam, operation, request(model) if model.input_shape else {})
        except ClientError as error:
            answer = error.response
            if answer["ResponseMetadata"]["HTTPStatusCode"] >= 500 and answer["Error"]["Code"] != "NotImplemented":
                failed[operation] = answer["Error"]
        if operation == "CreateCodeSigningConfig":
            made = answer["CodeSigningConfig"]["CodeSigningConfigArn"]
    lam.delete_code_signing_config(CodeSigningConfigArn=made)
    assert failed == {}


@pytest.fixture(scope="module")
def stored(lam, client):
    """What is stored: (operation, path) -> (the value that was given, the one that is read back)."""
    mappings = Mappings(client)
    wait = {"Delay": 0.05, "MaxAttempts": 200}
    found, undo = {}, []

    def keep(operation, path, given, read):
        found[operation, path] = (given, read)

    lam.create_function(**FUNCTION, Description="c", Architectures=["arm64"], Tags={"k": "c"})
    undo.append(lambda: lam.delete_function(FunctionName=NAME))
    wait_until_active(lam, NAME)
    answer = lam.get_function(FunctionName=NAME)
    keep("CreateFunction", "Description", "c", answer["Configuration"]["Description"])
    keep("CreateFunction", "Architectures", ["arm64"], answer["Configuration"]["Architectures"])
    keep("CreateFunction", "Tags", {"k": "c"}, answer["Tags"])
    arn = answer["Configuration"]["FunctionArn"]
    lam.tag_resource(Resource=arn, Tags={"k": "t"})
    keep("TagResource", "Tags", {"k": "t"}, lam.list_tags(Resource=arn)["Tags"])

    code = zipped({"index.py": "def handler(event, context): return 2"})
    lam.update_function_code(FunctionName=NAME, ZipFile=code, Architectures=["x86_64"])
    lam.get_waiter("function_updated_v2").wait(FunctionName=NAME, WaiterConfig=wait)
    lam.update_function_configuration(FunctionName=NAME, Description="u")
    lam.get_waiter("function_updated_v2").wait(FunctionName=NAME, WaiterConfig=wait)
    configuration = lam.get_function_configuration(FunctionName=NAME)
    keep("UpdateFunctionCode", "Architectures", ["x86_64"], configuration["Architectures"])
    keep("UpdateFunctionConfiguration", "Description", "u", configuration["Description"])

    version = lam.publish_version(FunctionName=NAME, Description="v")["Version"]
    published = lam.get_function_configuration(FunctionName=NAME, Qualifier=version)
    keep("PublishVersion", "Description", "v", published["Description"])
    for operation in ("CreateAlias", "UpdateAlias"):
        send(lam, operation, {"FunctionName": NAME, "Name": "a", "FunctionVersion": version, "Description": operation})
        alias = lam.get_alias(FunctionName=NAME, Name="a")
        keep(operation, "Description", operation, alias["Description"])

    layer = {"LayerName": NAME, "Content": {"ZipFile": code}}
    number = lam.publish_layer_version(**layer, Description="l", LicenseInfo="MIT")["Version"]
    undo.append(lambda: lam.delete_layer_version(LayerName=NAME, VersionNumber=number))
    layer = lam.get_layer_version(LayerName=NAME, VersionNumber=number)
    keep("PublishLayerVersion", "Description", "l", layer["Description"])
    keep("PublishLayerVersion", "LicenseInfo", "MIT", layer["LicenseInfo"])

    path = "AllowedPublishers.SigningProfileVersionArns"
    signing = lam.create_code_signing_config(AllowedPublishers=SIGNERS, Description="s", Tags={"k": "s"})
    config = signing["CodeSigningConfig"]["CodeSigningConfigArn"]
    undo.append(lambda: lam.delete_code_signing_config(CodeSigningConfigArn=config))
    got = lam.get_code_signing_config(CodeSigningConfigArn=config)["CodeSigningConfig"]
    keep("CreateCodeSigningConfig", "Description", "s", got["Description"])
    keep("CreateCodeSigningConfig", path, SIGNERS, got["AllowedPublishers"])
    keep("CreateCodeSigningConfig", "Tags", {"k": "s"}, lam.list_tags(Resource=config)["Tags"])
    others = {"SigningProfileVersionArns": [SIGNERS["SigningProfileVersionArns"][0] + "b"]}
    lam.update_code_signing_config(CodeSigningConfigArn=config, Description="t", AllowedPublishers=others)
    got = lam.get_code_signing_config(CodeSigningConfigArn=config)["CodeSigningConfig"]
    keep("UpdateCodeSigningConfig", "Description", "t", got["Description"])
    keep("UpdateCodeSigningConfig", path, others, got["AllowedPublishers"])
    mapping = mappings.map(mappings.queue()[1], Tags={"k": "m"})[1]
    arn = lam.get_event_source_mapping(UUID=mapping)["EventSourceMappingArn"]
    keep("CreateEventSourceMapping", "Tags", {"k": "m"}, lam.list_tags(Resource=arn)["Tags"])
    yield found
    mappings.clean_up()
    for step in reversed(undo):
        step()


@pytest.mark.parametrize(("operation", "path"), members(STORED), ids=lambda value: value)
def test_a_member_is_stored_and_given_back(stored, operation, path):
    given, read = stored[operation, path]
    assert read == given
