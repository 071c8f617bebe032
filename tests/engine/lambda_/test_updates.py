"""Versions, aliases, code signing and reserved variables: what AWS does and LocalStack alone does not."""

import base64
import datetime
import hashlib
import re

import pytest
from kit import ROLE, refusal, wait_until_active, zipped

ONE = "def handler(event, context): return 'one'"
TWO = "def handler(event, context): return 'two'"


@pytest.fixture
def lam(client):
    return client("lambda")


@pytest.fixture
def versioned(function, lam):
    """The name of a function with the versions 1 and 2, which answer "one" and "two"."""
    call = function(ONE)
    lam.publish_version(FunctionName=call.name)
    lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": TWO}), Publish=True)
    wait_until_active(lam, call.name)
    return call.name


def arn(lam, name) -> str:
    return lam.get_function_configuration(FunctionName=name)["FunctionArn"]


@pytest.mark.parametrize("where", ["qualifier", "name", "arn"])
def test_a_version_that_does_not_exist_is_not_found(versioned, lam, where):
    named = {
        "qualifier": {"FunctionName": versioned, "Qualifier": "9"},
        "name": {"FunctionName": f"{versioned}:9"},
        "arn": {"FunctionName": f"{arn(lam, versioned)}:9"},
    }
    found = refusal(lam.invoke, **named[where])
    assert found == ("ResourceNotFoundException", f"Function not found: {arn(lam, versioned)}:9")


def test_an_alias_that_exists_takes_weights_and_routes_by_them(versioned, lam):
    lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1")
    weights = {"AdditionalVersionWeights": {"2": 0.99}}
    assert lam.update_alias(FunctionName=versioned, Name="live", RoutingConfig=weights)["RoutingConfig"] == weights
    ran = {lam.invoke(FunctionName=versioned, Qualifier="live")["ExecutedVersion"] for _ in range(10)}
    assert "2" in ran  # but for one time in 10^20
    back = lam.update_alias(FunctionName=versioned, Name="live", RoutingConfig={"AdditionalVersionWeights": {}})
    assert "RoutingConfig" not in back
    assert {lam.invoke(FunctionName=versioned, Qualifier="live")["ExecutedVersion"] for _ in range(10)} == {"1"}


def test_an_alias_takes_a_weight_of_one_and_none_above(versioned, lam):
    all_of_it = {"AdditionalVersionWeights": {"2": 1.0}}
    made = lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1", RoutingConfig=all_of_it)
    assert made["RoutingConfig"] == all_of_it
    assert lam.update_alias(FunctionName=versioned, Name="live", RoutingConfig=all_of_it)["RoutingConfig"] == all_of_it
    assert {lam.invoke(FunctionName=versioned, Qualifier="live")["ExecutedVersion"] for _ in range(5)} == {"2"}
    too_much = {"AdditionalVersionWeights": {"2": 1.01}}
    code, message = refusal(lam.update_alias, FunctionName=versioned, Name="live", RoutingConfig=too_much)
    assert code == "ValidationException" and "less than or equal to 1.0" in message


def test_weights_are_refused_for_a_version_that_the_alias_has_or_that_does_not_exist(versioned, lam):
    lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1")
    for version, code in (("1", "InvalidParameterValueException"), ("9", "ResourceNotFoundException")):
        weights = {"AdditionalVersionWeights": {version: 0.1}}
        assert refusal(lam.update_alias, FunctionName=versioned, Name="live", RoutingConfig=weights)[0] == code
    assert "RoutingConfig" not in lam.get_alias(FunctionName=versioned, Name="live")


def test_an_alias_cannot_be_moved_to_a_version_that_does_not_exist(versioned, lam):
    lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1")
    found = refusal(lam.update_alias, FunctionName=versioned, Name="live", FunctionVersion="9")
    assert found == ("ResourceNotFoundException", f"Function not found: {arn(lam, versioned)}:9")
    assert lam.get_alias(FunctionName=versioned, Name="live")["FunctionVersion"] == "1"


def test_the_configuration_of_an_alias_is_that_of_its_version(versioned, lam):
    lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1")
    found = lam.get_function_configuration(FunctionName=versioned, Qualifier="live")
    assert (found["Version"], found["FunctionArn"]) == ("1", f"{arn(lam, versioned)}:live")
    assert lam.get_function_configuration(FunctionName=f"{versioned}:live")["Version"] == "1"
    assert lam.get_function_configuration(FunctionName=versioned, Qualifier="2")["Version"] == "2"
    nobody = refusal(lam.get_function_configuration, FunctionName=versioned, Qualifier="nobody")
    assert nobody == ("ResourceNotFoundException", f"Function not found: {arn(lam, versioned)}:nobody")


def test_a_version_that_aliases_use_cannot_be_deleted(versioned, lam):
    lam.create_alias(FunctionName=versioned, Name="live", FunctionVersion="1")
    weights = {"AdditionalVersionWeights": {"1": 0.1}}
    lam.create_alias(FunctionName=versioned, Name="canary", FunctionVersion="2", RoutingConfig=weights)
    code, message = refusal(lam.delete_function, FunctionName=versioned, Qualifier="1")
    assert code == "ResourceConflictException"
    assert message == "Unable to delete version because the following aliases reference it: [canary, live]"
    lam.delete_alias(FunctionName=versioned, Name="live")
    lam.delete_alias(FunctionName=versioned, Name="canary")
    lam.delete_function(FunctionName=versioned, Qualifier="1")
    left = lam.list_versions_by_function(FunctionName=versioned)["Versions"]
    assert [version["Version"] for version in left] == ["$LATEST", "2"]


def test_a_dry_run_checks_and_changes_nothing(function, lam):
    call = function(ONE)
    before = lam.get_function_configuration(FunctionName=call.name)
    package = zipped({"index.py": TWO})
    answer = lam.update_function_code(FunctionName=call.name, ZipFile=package, DryRun=True)
    assert answer["CodeSha256"] == base64.b64encode(hashlib.sha256(package).digest()).decode()
    after = lam.get_function_configuration(FunctionName=call.name)
    assert {**before, "ResponseMetadata": None} == {**after, "ResponseMetadata": None}
    assert call().payload == "one"


def test_a_dry_run_refuses_what_the_update_would(function, lam):
    call = function(ONE)
    dry = {"FunctionName": call.name, "DryRun": True}
    assert refusal(lam.update_function_code, ZipFile=b"no zip", **dry)[0] == "InvalidParameterValueException"
    package = zipped({"index.py": TWO})
    stale = refusal(lam.update_function_code, ZipFile=package, RevisionId="stale", **dry)
    assert stale[0] == "PreconditionFailedException"
    nobody = refusal(lam.update_function_code, ZipFile=package, FunctionName="nobody", DryRun=True)
    assert nobody[0] == "ResourceNotFoundException"


def test_when_a_function_was_modified_is_said_to_the_millisecond_in_utc(function, lam):
    name = function(ONE).name
    for modified in (
        lam.get_function_configuration(FunctionName=name)["LastModified"],
        lam.update_function_configuration(FunctionName=name, Timeout=4)["LastModified"],
    ):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000", modified)
        age = datetime.datetime.now(datetime.UTC) - datetime.datetime.fromisoformat(modified)
        assert abs(age) < datetime.timedelta(minutes=5)


def test_when_an_event_invoke_configuration_was_modified_can_be_read(function, lam):
    name = function(ONE).name
    made = lam.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=1)["LastModified"]
    assert lam.get_function_event_invoke_config(FunctionName=name)["LastModified"] == made
    assert abs(datetime.datetime.now(datetime.UTC) - made) < datetime.timedelta(minutes=5)


def versions(lam, name) -> list[str]:
    return [version["Version"] for version in lam.list_versions_by_function(FunctionName=name)["Versions"]]


def test_without_a_change_no_version_is_published_and_the_last_one_answers(versioned, lam):
    last = lam.get_function_configuration(FunctionName=versioned, Qualifier="2")
    same_code = {"FunctionName": versioned, "ZipFile": zipped({"index.py": TWO})}
    lam.update_function_code(**same_code)
    wait_until_active(lam, versioned)
    again = lam.publish_version(FunctionName=versioned, Description="other words")
    assert (again["Version"], again["Description"]) == ("2", last["Description"])
    lam.update_function_configuration(FunctionName=versioned, Timeout=last["Timeout"], Environment={"Variables": {}})
    wait_until_active(lam, versioned)
    assert lam.publish_version(FunctionName=versioned)["Version"] == "2"
    again = lam.update_function_code(**same_code, Publish=True)
    assert (again["Version"], again["FunctionArn"]) == ("2", last["FunctionArn"])
    wait_until_active(lam, versioned)
    assert versions(lam, versioned) == ["$LATEST", "1", "2"]


CHANGES = [{"Timeout": 7}, {"Description": "new"}, {"Environment": {"Variables": {"NAME": "1"}}}]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_configuration_is_published_and_so_is_going_back(versioned, lam, change):
    before = lam.get_function_configuration(FunctionName=versioned)
    lam.update_function_configuration(FunctionName=versioned, **change)
    wait_until_active(lam, versioned)
    assert lam.publish_version(FunctionName=versioned)["Version"] == "3"
    back = {"Environment": {"Variables": {}}} | {key: before[key] for key in change if key in before}
    lam.update_function_configuration(FunctionName=versioned, **back)
    wait_until_active(lam, versioned)
    assert lam.publish_version(FunctionName=versioned)["Version"] == "4"


def test_without_a_change_too_a_wrong_hash_or_revision_is_refused(versioned, lam):
    assert (
        refusal(lam.publish_version, FunctionName=versioned, CodeSha256="x" * 44)[0] == "InvalidParameterValueException"
    )
    assert refusal(lam.publish_version, FunctionName=versioned, RevisionId="x")[0] == "PreconditionFailedException"


@pytest.fixture
def signing(lam):
    """`signing("Enforce")` makes a code signing configuration and gives its ARN. Ask for it before `function`."""
    made = []

    def make(policy) -> str:
        profile = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/team/abcdefghij"
        config = lam.create_code_signing_config(
            AllowedPublishers={"SigningProfileVersionArns": [profile]},
            CodeSigningPolicies={"UntrustedArtifactOnDeployment": policy},
        )
        made.append(config["CodeSigningConfig"]["CodeSigningConfigArn"])
        return made[-1]

    yield make
    for config in made:
        lam.delete_code_signing_config(CodeSigningConfigArn=config)


def test_an_unsigned_package_is_refused_where_signatures_are_enforced(signing, function, lam):
    call = function(ONE)
    lam.put_function_code_signing_config(FunctionName=call.name, CodeSigningConfigArn=signing("Enforce"))
    package = zipped({"index.py": TWO})
    code, message = refusal(lam.update_function_code, FunctionName=call.name, ZipFile=package)
    assert code == "CodeVerificationFailedException"
    assert message.endswith(f"Check the provided signature for {arn(lam, call.name)}.")
    assert call().payload == "one"  # what runs goes on running
    lam.delete_function_code_signing_config(FunctionName=call.name)
    lam.update_function_code(FunctionName=call.name, ZipFile=package)


def test_an_unsigned_function_is_not_created_where_signatures_are_enforced(lam, signing):
    code, message = refusal(
        lam.create_function,
        FunctionName="unsigned",
        Runtime="python3.13",
        Handler="index.handler",
        Role=ROLE,
        Code={"ZipFile": zipped({"index.py": ONE})},
        CodeSigningConfigArn=signing("Enforce"),
    )
    assert code == "CodeVerificationFailedException"
    assert message.endswith("Check the provided signature for unsigned.")


def test_where_signatures_only_warn_an_unsigned_package_passes(signing, function, lam):
    call = function(ONE)
    lam.put_function_code_signing_config(FunctionName=call.name, CodeSigningConfigArn=signing("Warn"))
    lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": TWO}))
    wait_until_active(lam, call.name)
    assert call().payload == "two"


def test_reserved_variables_cannot_be_set(function, lam):
    call = function("import os\ndef handler(event, context): return os.environ['TZ']")
    variables = {"AWS_REGION": "x", "MINE": "y", "AWS_ACCESS_KEY_ID": "z"}
    code, message = refusal(
        lam.update_function_configuration, FunctionName=call.name, Environment={"Variables": variables}
    )
    assert code == "InvalidParameterValueException"
    assert message.endswith("Reserved keys used in this request: AWS_ACCESS_KEY_ID, AWS_REGION")
    lam.update_function_configuration(FunctionName=call.name, Environment={"Variables": {"TZ": "Europe/Zurich"}})
    wait_until_active(lam, call.name)
    assert call().payload == "Europe/Zurich"


def test_a_revision_id_changes_as_an_update_begins_and_again_as_it_ends(function, lam):
    # As github.com/aws/aws-sdk/issues/377 describes it: what an update returns is no id for the next one.
    call = function(ONE)
    before = lam.get_function_configuration(FunctionName=call.name)["RevisionId"]
    begun = lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": TWO}))["RevisionId"]
    wait_until_active(lam, call.name)
    ended = lam.get_function_configuration(FunctionName=call.name)["RevisionId"]
    assert len({before, begun, ended}) == 3
    change = {"FunctionName": call.name, "Timeout": 5}
    assert refusal(lam.update_function_configuration, RevisionId=begun, **change)[0] == "PreconditionFailedException"
    lam.update_function_configuration(RevisionId=ended, **change)


def test_variables_of_more_than_4_kb_are_refused_with_their_size_and_without_their_values(function, lam):
    call = function("import os\ndef handler(event, context): return len(os.environ['LARGE'])")
    most = 4096 - len('{"LARGE":""}')
    lam.update_function_configuration(FunctionName=call.name, Environment={"Variables": {"LARGE": "x" * most}})
    wait_until_active(lam, call.name)
    assert call().payload == most
    code, message = refusal(
        lam.update_function_configuration, FunctionName=call.name, Environment={"Variables": {"LARGE": "x" * 4096}}
    )
    assert code == "InvalidParameterValueException"
    assert message.endswith("you have provided exceeded the 4KB limit. Measured size: 4108 bytes")


def test_a_version_and_what_an_alias_names_do_not_change(function, lam):
    call = function(ONE)
    version = lam.publish_version(FunctionName=call.name)["Version"]
    lam.create_alias(FunctionName=call.name, Name="prod", FunctionVersion=version)
    for qualified in (f"{call.name}:{version}", f"{arn(lam, call.name)}:prod"):
        for change, settings in (
            (lam.update_function_configuration, {"Timeout": 5}),
            (lam.update_function_code, {"ZipFile": zipped({"index.py": TWO})}),
        ):
            code, message = refusal(change, FunctionName=qualified, **settings)
            assert code == "InvalidParameterValueException"
            assert message.startswith("Current operation does not support versions other than $LATEST.")
    lam.update_function_configuration(FunctionName=f"{call.name}:$LATEST", Timeout=5)


def test_a_function_does_not_begin_with_the_tags_of_a_deleted_one_of_its_name(lam):
    package = {"ZipFile": zipped({"index.py": "def handler(event, context): return 1"})}
    new = {"FunctionName": "again", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": package}
    lam.create_function(**new, Tags={"of": "the first"})
    lam.delete_function(FunctionName="again")
    arn = lam.create_function(**new)["FunctionArn"]
    assert lam.list_tags(Resource=arn)["Tags"] == {}
    lam.delete_function(FunctionName="again")


def test_an_invocation_that_an_update_overtakes_is_served_by_the_function_as_it_is_then(function, lam):
    """AWS keeps serving during an update (Developer Guide, "Lambda function states", 2026-11)."""
    for _ in range(5):
        call = function(ONE)  # no environment yet: the next call starts one, while the code is replaced
        lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": TWO}))
        assert {call().payload for _ in range(3)} <= {"one", "two"}


def test_an_alias_does_not_begin_with_what_a_deleted_one_of_its_name_had(function, lam):
    """LocalStack's snapshots have the words (`test_lambda_permission_fn_versioning`, 2024)."""
    call = function("def handler(event, context): ...")
    of = {"FunctionName": call.name, "Qualifier": "live"}
    permission = {"StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "*"}
    version = lam.publish_version(FunctionName=call.name)["Version"]
    for qualifier in ("live", version):
        if qualifier == "live":
            lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion=version)
        lam.add_permission(FunctionName=call.name, Qualifier=qualifier, **permission)
        lam.put_function_event_invoke_config(FunctionName=call.name, Qualifier=qualifier, MaximumRetryAttempts=0)
    lam.delete_alias(FunctionName=call.name, Name="live")
    no_policy = ("ResourceNotFoundException", "The resource you requested does not exist.")
    assert refusal(lam.get_policy, **of) == no_policy
    lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion=version)
    assert refusal(lam.get_policy, **of) == no_policy
    assert refusal(lam.get_function_event_invoke_config, **of)[0] == "ResourceNotFoundException"
    lam.delete_alias(FunctionName=call.name, Name="live")
    lam.delete_function(FunctionName=call.name, Qualifier=version)
    assert refusal(lam.get_policy, FunctionName=call.name, Qualifier=version) == no_policy


def test_a_policy_is_written_without_spaces_in_awss_order(function, lam):
    """AWS CLI Command Reference, examples of `add-permission` and `get-policy` (2026-11)."""
    call = function("def handler(event, context): ...")
    added = lam.add_permission(
        FunctionName=call.name,
        StatementId="s",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
        SourceAccount="000000000000",
    )["Statement"]
    assert added == (
        '{"Sid":"s","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction",'
        f'"Resource":"arn:aws:lambda:us-east-1:000000000000:function:{call.name}",'
        '"Condition":{"StringEquals":{"AWS:SourceAccount":"000000000000"}}}'
    )
    policy = lam.get_policy(FunctionName=call.name)["Policy"]
    assert policy == f'{{"Version":"2012-10-17","Id":"default","Statement":[{added}]}}'
