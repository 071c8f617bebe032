"""Members of Lambda's requests that LocalStack 4.9.2 accepts without effect, or refuses, and that act here."""

import contextlib
import json
import re

import pytest
from botocore.exceptions import ClientError
from event_source_kit import Mappings
from kit import ROLE, wait_until_active, zipped

OTHER = "111122223333"
OF_ACCOUNT = "us-east-1:000000000000"
PACKAGE = zipped({"index.py": "def handler(event, context): return 1"})
TRACE = "import os\ndef handler(event, context): return os.environ['_X_AMZN_TRACE_ID']"


@pytest.fixture(scope="module")
def lam(client):
    return client("lambda")


@pytest.fixture(scope="module")
def shared(lam):
    """The name of a function with a version 1, an alias `live` and a permission `given`."""
    name = "acts"
    lam.create_function(
        FunctionName=name, Runtime="python3.13", Handler="index.handler", Role=ROLE, Code={"ZipFile": PACKAGE}
    )
    wait_until_active(lam, name)
    lam.publish_version(FunctionName=name)
    lam.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    lam.add_permission(
        FunctionName=name, StatementId="given", Action="lambda:InvokeFunction", Principal="sns.amazonaws.com"
    )
    yield name
    lam.delete_function(FunctionName=name)


@pytest.fixture(scope="module")
def layer(lam):
    """The name of a layer with a version for arm64, whose policy has a statement `given`."""
    name = "acts"
    number = lam.publish_layer_version(
        LayerName=name,
        Content={"ZipFile": PACKAGE},
        CompatibleArchitectures=["arm64"],
        CompatibleRuntimes=["python2.7"],
    )["Version"]
    permit(lam, name, number, "given", Principal="222233334444")
    yield name, number
    lam.delete_layer_version(LayerName=name, VersionNumber=number)


def permit(lam, layer, number, statement, **permission):
    return lam.add_layer_version_permission(
        LayerName=layer, VersionNumber=number, StatementId=statement, Action="lambda:GetLayerVersion", **permission
    )


@contextlib.contextmanager
def refused(code, message=""):
    with pytest.raises(ClientError) as error:
        yield
    answer = error.value.response["Error"]
    assert (answer["Code"], message in answer["Message"]) == (code, True), answer["Message"]


# Developer Guide, "Visualize Lambda function invocations using AWS X-Ray" (2026-11); LocalStack's snapshot of
# test_reserved_concurrency has `Sampled=0` for PassThrough. Mode, what the caller's header says, what a function sees.
SAMPLED = [("PassThrough", None, "0"), ("Active", None, "1"), ("PassThrough", "1", "1"), ("Active", "0", "0")]


def test_tracing_decides_what_is_sampled_unless_the_caller_has(function, client):
    for mode, said, seen in SAMPLED:
        call = function(TRACE, TracingConfig={"Mode": mode})
        header = {"X-Amzn-Trace-Id": f"Root=1-{'a' * 8}-{'b' * 24};Parent={'c' * 16};Sampled={said}"} if said else {}
        lam = client("lambda")

        def add(request, header=header, **_):
            for name, value in header.items():
                request.headers[name] = value

        lam.meta.events.register("before-sign.lambda.Invoke", add)
        try:
            trace = call().payload
        finally:
            lam.meta.events.unregister("before-sign.lambda.Invoke", add)
        assert re.search("Sampled=(.)", trace).group(1) == seen, (mode, said, trace)
        assert re.search("Parent=[0-9a-f]{16};", trace) and "c" * 16 not in trace  # a segment of its own


# Lambda API Reference, "AddPermission" (2026-11); condition, and the key of the policy that it becomes.
CONDITIONS = {
    "SourceArn": (f"arn:aws:sns:{OF_ACCOUNT}:t", "AWS:SourceArn"),
    "SourceAccount": ("000000000000", "AWS:SourceAccount"),
    "PrincipalOrgID": ("o-abcdefghij", "aws:PrincipalOrgID"),
    "EventSourceToken": ("token", "lambda:EventSourceToken"),
}


@pytest.mark.parametrize("member", CONDITIONS)
def test_a_condition_of_a_permission_keeps_others_out(lam, client, shared, member):
    value, key = CONDITIONS[member]
    arn, other = f"arn:aws:lambda:{OF_ACCOUNT}:function:{shared}", client("lambda", OTHER)
    permission = {"FunctionName": shared, "Action": "lambda:InvokeFunction", "Principal": OTHER}
    lam.add_permission(StatementId=member, **permission, **{member: value})
    try:
        statements = json.loads(lam.get_policy(FunctionName=shared)["Policy"])["Statement"]
        (condition,) = next(one["Condition"] for one in statements if one["Sid"] == member).values()
        assert condition == {key: value}
        with refused("AccessDeniedException"):
            other.invoke(FunctionName=arn)
        lam.add_permission(StatementId="all", **permission)
        assert other.invoke(FunctionName=arn)["StatusCode"] == 200
        lam.remove_permission(FunctionName=shared, StatementId="all")
    finally:
        lam.remove_permission(FunctionName=shared, StatementId=member)


def test_a_layer_for_an_organization_is_not_for_others(lam, client, layer):
    name, number = layer
    arn = f"arn:aws:lambda:{OF_ACCOUNT}:layer:{name}:{number}"
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}
    answer = permit(lam, name, number, "organization", Principal="*", OrganizationId="o-abcdefghij")
    assert json.loads(answer["Statement"])["Condition"] == condition
    policy = json.loads(lam.get_layer_version_policy(LayerName=name, VersionNumber=number)["Policy"])
    assert [one.get("Condition") for one in policy["Statement"]] == [None, condition]
    other = client("lambda", OTHER)
    with refused("AccessDeniedException"):
        other.get_layer_version_by_arn(Arn=arn)
    permit(lam, name, number, "all", Principal=OTHER)
    assert other.get_layer_version_by_arn(Arn=arn)["Version"] == number


def test_a_layer_that_nobody_was_permitted_is_not_for_others(lam, client):
    made = lam.publish_layer_version(LayerName="private", Content={"ZipFile": PACKAGE})
    other = client("lambda", OTHER)
    with refused("AccessDeniedException", "because no resource-based policy allows the lambda:GetLayerVersion action"):
        other.get_layer_version_by_arn(Arn=made["LayerVersionArn"])
    lam.delete_layer_version(LayerName="private", VersionNumber=made["Version"])


def test_an_architecture_that_is_asked_for_selects_layers(lam, layer):
    name, number = layer
    for architecture, versions in (("arm64", [number]), ("x86_64", [])):
        found = lam.list_layer_versions(LayerName=name, CompatibleArchitecture=architecture)["LayerVersions"]
        assert [version["Version"] for version in found] == versions
        named = [one["LayerName"] for one in lam.list_layers(CompatibleArchitecture=architecture)["Layers"]]
        assert (name in named) == bool(versions)


def test_a_layer_may_be_compatible_with_a_runtime_that_was_retired(lam, layer):
    name, number = layer
    found = lam.list_layer_versions(LayerName=name, CompatibleRuntime="python2.7")["LayerVersions"]
    assert [version["CompatibleRuntimes"] for version in found if version["Version"] == number] == [["python2.7"]]


def test_a_new_function_has_its_code_signing_configuration(lam):
    profile = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/team/abcdefghij"
    config = lam.create_code_signing_config(AllowedPublishers={"SigningProfileVersionArns": [profile]})
    arn = config["CodeSigningConfig"]["CodeSigningConfigArn"]
    request = {"Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": {"ZipFile": PACKAGE}}
    lam.create_function(FunctionName="signed", CodeSigningConfigArn=arn, **request)
    assert lam.get_function_code_signing_config(FunctionName="signed")["CodeSigningConfigArn"] == arn
    assert lam.list_functions_by_code_signing_config(CodeSigningConfigArn=arn)["FunctionArns"] == [
        f"arn:aws:lambda:{OF_ACCOUNT}:function:signed"
    ]
    lam.delete_function(FunctionName="signed")
    lam.delete_code_signing_config(CodeSigningConfigArn=arn)
    message = f"Check that the provided configuration is not deleted: {arn}."
    with refused("CodeSigningConfigNotFoundException", message):
        lam.create_function(FunctionName="signed", CodeSigningConfigArn=arn, **request)


def test_tags_that_are_taken_away_are_gone(lam, shared):
    arn = f"arn:aws:lambda:{OF_ACCOUNT}:function:{shared}"
    lam.tag_resource(Resource=arn, Tags={"a": "1", "b": "2"})
    lam.untag_resource(Resource=arn, TagKeys=["a"])
    assert lam.list_tags(Resource=arn)["Tags"] == {"b": "2"}


def test_code_comes_from_a_version_of_an_object(lam, client):
    s3, bucket = client("s3"), "versions-of-code"
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    versions = [
        s3.put_object(Bucket=bucket, Key="k", Body=zipped({"index.py": f"def handler(e, c): return {n}"}))["VersionId"]
        for n in (1, 2)
    ]
    older = {"S3Bucket": bucket, "S3Key": "k", "S3ObjectVersion": versions[0]}
    newest = {"S3Bucket": bucket, "S3Key": "k"}
    function = {"FunctionName": "stored", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE}
    assert lam.create_function(**function, Code=older, Publish=True)["Version"] == "1"
    wait_until_active(lam, "stored")
    assert lam.update_function_code(FunctionName="stored", **newest, Publish=True)["Version"] == "2"
    wait_until_active(lam, "stored")
    lam.get_waiter("published_version_active").wait(
        FunctionName="stored", Qualifier="2", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    for version in ("1", "2"):
        assert lam.invoke(FunctionName="stored", Qualifier=version)["Payload"].read() == version.encode()
    hashes = [
        lam.publish_layer_version(LayerName="stored", Content=content)["Content"]["CodeSha256"]
        for content in (older, newest)
    ]
    of_function = [
        lam.get_function_configuration(FunctionName="stored", Qualifier=version)["CodeSha256"] for version in "12"
    ]
    assert hashes == of_function
    lam.delete_function(FunctionName="stored")


# Lambda API Reference, `RevisionId` of each (2026-11): PreconditionFailedException.
REVISIONS = {
    "add_permission": {"StatementId": "new", "Action": "lambda:InvokeFunction", "Principal": "sns.amazonaws.com"},
    "remove_permission": {"StatementId": "given"},
    "publish_version": {},
    "update_alias": {"Name": "live", "Description": "x"},
    "update_function_code": {"ZipFile": PACKAGE},
    "update_function_configuration": {"Description": "x"},
}
OF_LAYERS = {
    "add_layer_version_permission": {"StatementId": "new", "Action": "lambda:GetLayerVersion", "Principal": "*"},
    "remove_layer_version_permission": {"StatementId": "given"},
}
STALE = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize("operation", [*REVISIONS, *OF_LAYERS])
def test_a_revision_that_is_not_the_latest_is_refused(lam, shared, layer, operation):
    of_layer = {"LayerName": layer[0], "VersionNumber": layer[1], **OF_LAYERS.get(operation, {})}
    request = of_layer if operation in OF_LAYERS else {"FunctionName": shared, **REVISIONS[operation]}
    with refused("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id."):
        getattr(lam, operation)(**request, RevisionId=STALE)


# (request of CreateFunction's Code or UpdateFunctionCode, sentence); sources in `code_sources`.
UNSOURCED = {
    "none": ({}, "Please provide a source for function code."),
    "a bucket without a key": ({"S3Bucket": "b-1"}, "Please provide a source for function code."),
    "two": (
        {"ZipFile": PACKAGE, "S3Bucket": "b-1", "S3Key": "k"},
        "Please do not provide other FunctionCode parameters when providing a ZipFile.",
    ),
}


@pytest.mark.parametrize(("code", "sentence"), UNSOURCED.values(), ids=UNSOURCED)
def test_code_has_one_source(lam, shared, code, sentence):
    with refused("InvalidParameterValueException", sentence):
        lam.create_function(FunctionName="f", Runtime="python3.13", Handler="index.handler", Role=ROLE, Code=code)
    with refused("InvalidParameterValueException", sentence):
        lam.update_function_code(FunctionName=shared, **code)


def test_a_role_that_cannot_be_assumed_is_refused_in_an_update_too(lam, shared):
    with refused("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."):
        lam.update_function_configuration(FunctionName=shared, Role=ROLE + "-that-is-not-there")
    assert lam.get_function_configuration(FunctionName=shared)["Role"] == ROLE


@pytest.fixture(scope="module")
def mapping(client):
    """The name of a function, the UUID of its mapping, the ARN of a queue."""
    made = Mappings(client)
    queue = made.queue()[1]
    yield *made.map(queue), queue
    made.clean_up()


# Lambda API Reference, "ListEventSourceMappings", `FunctionName` (2026-11).
@pytest.mark.parametrize(
    ("named", "found"), [("{}", 1), ("{:.8}", 0), ("000000000000:function:{}", 1), ("{}:live", 0)], ids=str
)
def test_mappings_are_those_of_the_function_that_is_named(lam, mapping, named, found):
    listed = lam.list_event_source_mappings(FunctionName=named.format(mapping[0]))["EventSourceMappings"]
    assert len(listed) == found


def test_a_changed_mapping_has_no_destination_for_successes(lam, mapping):
    with refused("InvalidParameterValueException", "Unsupported DestinationConfig parameter"):
        lam.update_event_source_mapping(UUID=mapping[1], DestinationConfig={"OnSuccess": {"Destination": mapping[2]}})


# What LocalStack 4.9.2 answers with an error 500.
UNKNOWN = {
    "a version that streams": ("invoke_with_response_stream", {"FunctionName": "{0}:99"}, "ResourceNotFoundException"),
    "a function without limits": (
        "delete_function_concurrency",
        {"FunctionName": "not-there"},
        "ResourceNotFoundException",
    ),
    "a layer without code": (
        "publish_layer_version",
        {"LayerName": "l", "Content": {"S3Bucket": "b-1"}},
        "InvalidParameterValueException",
    ),
    "a version of a mapping": (
        "create_event_source_mapping",
        {"FunctionName": "{0}:99", "EventSourceArn": "{2}"},
        "ResourceNotFoundException",
    ),
    "an alias of a mapping": (
        "create_event_source_mapping",
        {"FunctionName": "{0}:nope", "EventSourceArn": "{2}"},
        "ResourceNotFoundException",
    ),
    "a source that is none": (
        "create_event_source_mapping",
        {"FunctionName": "{0}", "EventSourceArn": f"arn:aws:sns:{OF_ACCOUNT}:t"},
        "InvalidParameterValueException",
    ),
}


@pytest.mark.parametrize(("operation", "request_", "code"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_there_is_no_internal_error(lam, mapping, operation, request_, code):
    """`{0}` is a function with a mapping, `{2}` a queue."""
    given = {key: value.format(*mapping) if isinstance(value, str) else value for key, value in request_.items()}
    with refused(code):
        getattr(lam, operation)(**given)
