"""Removing what a lab made."""

import boto3
import pytest
from botocore.stub import Stubber

from helpers import cleanup
from helpers.cleanup import Owns

UUID = "2b733gdc-8ac3-cdf5-af3a-1827b3b11284"


class Aws:
    """Stubbed clients, one for each service that a test expects to be asked."""

    def __init__(self):
        self.stubs = {}

    def client(self, service):
        return self.stubs[service].client

    def answer(self, service, operation, response, **expected):
        if service not in self.stubs:
            made = boto3.client(service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
            self.stubs[service] = Stubber(made)
            self.stubs[service].activate()
        self.stubs[service].add_response(operation, response, expected)


@pytest.fixture
def aws():
    made = Aws()
    yield made
    for stub in made.stubs.values():
        stub.assert_no_pending_responses()


def functions(*names, role="arn:aws:iam::000000000000:role/other"):
    return {"Functions": [{"FunctionName": name, "Role": role} for name in names]}


def test_functions_go_with_their_mappings_and_logs_and_others_stay(aws):
    aws.answer("lambda", "list_functions", functions("Mine", "Other", "MineToo"))
    aws.answer("lambda", "list_event_source_mappings", {"EventSourceMappings": [{"UUID": UUID}]}, FunctionName="Mine")
    aws.answer("lambda", "delete_event_source_mapping", {}, UUID=UUID)
    aws.answer("lambda", "delete_function", {}, FunctionName="Mine")
    groups = [{"logGroupName": f"/aws/lambda/{name}"} for name in ("Mine", "Other")]
    aws.answer("logs", "describe_log_groups", {"logGroups": groups})
    aws.answer("logs", "delete_log_group", {}, logGroupName="/aws/lambda/Mine")
    assert cleanup.remove(aws.client, Owns(functions=("Mine",))) == {
        "functions": ["Mine"],
        "log_groups": ["/aws/lambda/Mine"],
    }


def test_a_pattern_owns_all_names_that_match_in_sorted_order(aws):
    aws.answer("lambda", "list_functions", functions("lab05-b", "lab05-a", "Lab05-c", "lab04-a"))
    aws.answer("logs", "describe_log_groups", {"logGroups": []})
    assert cleanup.remove(aws.client, Owns(functions=("lab05-*",)), dry_run=True) == {
        "functions": ["lab05-a", "lab05-b"]
    }


def test_a_dry_run_deletes_nothing(aws):
    aws.answer("lambda", "list_functions", functions("Mine"))
    aws.answer("logs", "describe_log_groups", {"logGroups": []})
    assert cleanup.remove(aws.client, Owns(functions=("Mine",)), dry_run=True) == {"functions": ["Mine"]}


def test_a_lab_that_owns_nothing_asks_nobody():
    assert cleanup.remove(lambda service: pytest.fail(service), Owns()) == {}


def test_logs_are_looked_for_after_a_pause(aws):
    aws.answer("lambda", "list_functions", functions())
    aws.answer("logs", "describe_log_groups", {"logGroups": []})
    naps = []
    cleanup.remove(aws.client, Owns(functions=("Mine",)), pause=0.3, sleep=naps.append)
    assert naps == [0.3]


def test_every_version_of_a_layer_goes(aws):
    aws.answer("lambda", "list_layers", {"Layers": [{"LayerName": "l"}]})
    versions = {"LayerVersions": [{"Version": 2}, {"Version": 1}]}
    aws.answer("lambda", "list_layer_versions", versions, LayerName="l")
    for version in (2, 1):
        aws.answer("lambda", "delete_layer_version", {}, LayerName="l", VersionNumber=version)
    assert cleanup.remove(aws.client, Owns(layers=("l",))) == {"layers": ["l"]}


ROLE = {
    "Path": "/",
    "RoleName": "lab-basic-execution",
    "RoleId": "AROAAAAAAAAAAAAAAAAA",
    "Arn": "arn:aws:iam::000000000000:role/lab-basic-execution",
    "CreateDate": "2026-11-21T00:00:00Z",
}


def role_is_deleted(aws):
    name = {"RoleName": "lab-basic-execution"}
    attached = {"AttachedPolicies": [{"PolicyName": "p", "PolicyArn": "arn:aws:iam::aws:policy/p"}]}
    aws.answer("iam", "list_roles", {"Roles": [ROLE]})
    aws.answer("iam", "list_attached_role_policies", attached, **name)
    aws.answer("iam", "detach_role_policy", {}, PolicyArn="arn:aws:iam::aws:policy/p", **name)
    aws.answer("iam", "list_role_policies", {"PolicyNames": ["inline"]}, **name)
    aws.answer("iam", "delete_role_policy", {}, PolicyName="inline", **name)
    aws.answer("iam", "delete_role", {}, **name)


def test_a_role_goes_with_its_policies(aws):
    role_is_deleted(aws)
    assert cleanup.remove(aws.client, Owns(roles=("lab-basic-execution",))) == {"roles": ["lab-basic-execution"]}


def test_the_shared_role_goes_when_no_function_uses_it(aws):
    aws.answer("lambda", "list_functions", functions("Other"))
    role_is_deleted(aws)
    cleanup.remove_basic_role(aws.client)


def test_the_shared_role_stays_while_a_function_of_another_lab_uses_it(aws):
    aws.answer("lambda", "list_functions", functions("Other", role=ROLE["Arn"]))
    cleanup.remove_basic_role(aws.client)


def test_a_bucket_is_emptied_of_every_version_first(aws):
    aws.answer("s3", "list_buckets", {"Buckets": [{"Name": "b"}, {"Name": "other"}]})
    entry = {"Key": "k", "VersionId": "1"}
    marker = {"Key": "k", "VersionId": "2"}
    aws.answer("s3", "list_object_versions", {"Versions": [entry], "DeleteMarkers": [marker]}, Bucket="b")
    aws.answer("s3", "delete_objects", {}, Bucket="b", Delete={"Objects": [entry, marker], "Quiet": True})
    aws.answer("s3", "delete_bucket", {}, Bucket="b")
    assert cleanup.remove(aws.client, Owns(buckets=("b",))) == {"buckets": ["b"]}


def test_a_policy_goes_with_its_older_versions(aws):
    arn = "arn:aws:iam::000000000000:policy/mine"
    aws.answer("iam", "list_policies", {"Policies": [{"PolicyName": "mine", "Arn": arn}]}, Scope="Local")
    versions = [{"VersionId": "v2", "IsDefaultVersion": True}, {"VersionId": "v1", "IsDefaultVersion": False}]
    aws.answer("iam", "list_policy_versions", {"Versions": versions}, PolicyArn=arn)
    aws.answer("iam", "delete_policy_version", {}, PolicyArn=arn, VersionId="v1")
    aws.answer("iam", "delete_policy", {}, PolicyArn=arn)
    assert cleanup.remove(aws.client, Owns(policies=("mine",))) == {"policies": ["mine"]}


def test_queues_and_tables_go_by_name(aws):
    url = "http://127.0.0.1:4566/000000000000/jobs"
    aws.answer("sqs", "list_queues", {"QueueUrls": [url]})
    aws.answer("sqs", "delete_queue", {}, QueueUrl=url)
    aws.answer("dynamodb", "list_tables", {"TableNames": ["users", "other"]})
    aws.answer("dynamodb", "delete_table", {"TableDescription": {}}, TableName="users")
    removed = cleanup.remove(aws.client, Owns(queues=("jobs",), tables=("users",)))
    assert cleanup.in_words(removed) == "queues jobs; tables users"


def test_every_kind_that_can_be_owned_can_be_found():
    assert set(cleanup.FINDERS) == set(Owns.__dataclass_fields__)


def busy(function, state="busy"):
    return {"environments": [{"function": function, "state": state}]}


def test_a_running_invocation_of_an_owned_function_is_waited_for(monkeypatch):
    answers = iter([busy("Mine"), busy("Mine"), busy("Mine", "idle")])
    monkeypatch.setattr(cleanup, "lab_status", lambda endpoint: next(answers))
    naps = []
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), sleep=naps.append)
    assert naps == [0.2, 0.2, cleanup.LOG_SECONDS]


@pytest.mark.parametrize("status", [busy("Other"), busy("Mine", "idle"), None, {}])
def test_nothing_else_is_waited_for(monkeypatch, status):
    monkeypatch.setattr(cleanup, "lab_status", lambda endpoint: status)
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), sleep=lambda seconds: pytest.fail("waited"))


def test_a_function_that_never_ends_is_not_waited_for_forever(monkeypatch):
    monkeypatch.setattr(cleanup, "lab_status", lambda endpoint: busy("Mine"))
    naps = []
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), seconds=1, sleep=naps.append)
    assert sum(naps) < 2
