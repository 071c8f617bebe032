"""Removing what a lab made."""

import boto3
import pytest
from botocore.stub import Stubber

from helpers.backend import own_engine
from helpers.cleanup import deletion
from helpers.cleanup import owns as cleanup
from helpers.cleanup.owns import Owns
from helpers.errors import BackendError

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


def mapping(function, state="Enabled", uuid=UUID):
    return {"UUID": uuid, "State": state, "FunctionArn": f"arn:aws:lambda:us-east-1:000000000000:function:{function}"}


def mappings(aws, *found):
    aws.answer("lambda", "list_event_source_mappings", {"EventSourceMappings": list(found)})


def test_functions_go_with_their_mappings_and_logs_and_others_stay(aws):
    mappings(aws, mapping("Other", uuid=f"1{UUID[1:]}"), mapping("Mine:live"))
    aws.answer("lambda", "delete_event_source_mapping", {}, UUID=UUID)
    mappings(aws, mapping("Other", uuid=f"1{UUID[1:]}"))
    aws.answer("lambda", "list_functions", functions("Mine", "Other", "MineToo"))
    aws.answer("lambda", "delete_function", {}, FunctionName="Mine")
    groups = [{"logGroupName": f"/aws/lambda/{name}"} for name in ("Mine", "Other")]
    aws.answer("logs", "describe_log_groups", {"logGroups": groups})
    aws.answer("logs", "delete_log_group", {}, logGroupName="/aws/lambda/Mine")
    assert cleanup.remove(aws.client, Owns(functions=("Mine",))) == {
        "event_source_mappings": ["Mine"],
        "functions": ["Mine"],
        "log_groups": ["/aws/lambda/Mine"],
    }


def test_a_pattern_owns_all_names_that_match_in_sorted_order(aws):
    mappings(aws)
    aws.answer("lambda", "list_functions", functions("lab05-b", "lab05-a", "Lab05-c", "lab04-a"))
    aws.answer("logs", "describe_log_groups", {"logGroups": []})
    assert cleanup.remove(aws.client, Owns(functions=("lab05-*",)), dry_run=True) == {
        "functions": ["lab05-a", "lab05-b"]
    }


def test_a_dry_run_deletes_nothing(aws):
    mappings(aws)
    aws.answer("lambda", "list_functions", functions("Mine"))
    aws.answer("logs", "describe_log_groups", {"logGroups": []})
    assert cleanup.remove(aws.client, Owns(functions=("Mine",)), dry_run=True) == {"functions": ["Mine"]}


def test_a_lab_that_owns_nothing_asks_nobody():
    assert cleanup.remove(lambda service: pytest.fail(service), Owns()) == {}


def test_logs_are_looked_for_after_a_pause(aws):
    mappings(aws)
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


def test_a_stream_goes_with_its_consumers(aws):
    aws.answer("kinesis", "list_streams", {"StreamNames": ["clicks", "other"], "HasMoreStreams": False})
    aws.answer("kinesis", "delete_stream", {}, StreamName="clicks", EnforceConsumerDeletion=True)
    assert cleanup.remove(aws.client, Owns(streams=("clicks",))) == {"streams": ["clicks"]}


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (Owns(functions=("f", "g")), True),
        (Owns(roles=("lab-*",)), True),
        (Owns(functions=("g",), roles=("f",)), False),
        (Owns(), False),
    ],
)
def test_labs_that_use_a_name_for_the_same_type_share_it(other, shares):
    assert Owns(functions=("f",), roles=("lab-*",)).shares(other) == shares


def test_every_kind_that_can_be_owned_can_be_found():
    assert set(cleanup.RESOURCE_TYPES) == set(Owns.__dataclass_fields__)


def test_what_uses_a_thing_goes_before_it():
    order = list(cleanup.RESOURCE_TYPES)
    assert order[0] == "stacks"
    for first, later in [
        ("event_source_mappings", "functions"),
        ("usage_plans", "rest_apis"),
        ("functions", "code_signing_configs"),
        ("functions", "roles"),
        ("users", "policies"),
        ("groups", "policies"),
        ("roles", "policies"),
        ("functions", "log_groups"),
        ("state_machines", "log_groups"),
    ]:
        assert order.index(first) < order.index(later), (first, later)


def test_a_mapping_that_is_being_deleted_is_waited_for(aws):
    mappings(aws, mapping("Mine", "Deleting"))
    mappings(aws, mapping("Mine", "Deleting"))
    mappings(aws)
    owns = Owns(event_source_mappings=("Mine",))
    assert cleanup.remove(aws.client, owns) == {"event_source_mappings": ["Mine"]}


def test_a_mapping_that_never_goes_is_one_sentence(aws, monkeypatch):
    monkeypatch.setattr(deletion, "MAPPING_SECONDS", 0.1)
    for _ in range(3):
        mappings(aws, mapping("Mine", "Deleting"))
    with pytest.raises(BackendError, match="try again in a minute"):
        cleanup.remove(aws.client, Owns(event_source_mappings=("Mine",)))


def test_a_user_goes_with_keys_groups_password_and_policies(aws):
    name, arn = {"UserName": "ann"}, "arn:aws:iam::aws:policy/p"
    user = {"Path": "/", "UserId": "AIDAAAAAAAAAAAAAAAAA", "Arn": "arn:aws:iam::0:user/ann", "CreateDate": 0}
    group = {"Path": "/", "GroupName": "g", "GroupId": "AGPAAAAAAAAAAAAAAAAA", "Arn": "arn:aws:iam::000:group/g"}
    aws.answer("iam", "list_users", {"Users": [{**user, **name}]})
    aws.answer("iam", "list_access_keys", {"AccessKeyMetadata": [{"AccessKeyId": "AKIAAAAAAAAAAAAAAAAA"}]}, **name)
    aws.answer("iam", "delete_access_key", {}, AccessKeyId="AKIAAAAAAAAAAAAAAAAA", **name)
    aws.answer("iam", "list_groups_for_user", {"Groups": [{**group, "CreateDate": 0}]}, **name)
    aws.answer("iam", "remove_user_from_group", {}, GroupName="g", **name)
    aws.stubs["iam"].add_client_error("delete_login_profile", "NoSuchEntity")
    aws.answer("iam", "list_attached_user_policies", {"AttachedPolicies": [{"PolicyArn": arn}]}, **name)
    aws.answer("iam", "detach_user_policy", {}, PolicyArn=arn, **name)
    aws.answer("iam", "list_user_policies", {"PolicyNames": ["inline"]}, **name)
    aws.answer("iam", "delete_user_policy", {}, PolicyName="inline", **name)
    aws.answer("iam", "delete_user", {}, **name)
    assert cleanup.remove(aws.client, Owns(users=("ann",))) == {"users": ["ann"]}


def test_all_things_of_one_name_go(aws):
    aws.answer("apigateway", "get_rest_apis", {"items": [{"id": "a", "name": "n"}, {"id": "b", "name": "n"}]})
    for number in "ab":
        aws.answer("apigateway", "delete_rest_api", {}, restApiId=number)
    assert cleanup.remove(aws.client, Owns(rest_apis=("n",))) == {"rest_apis": ["n"]}


def test_a_usage_plan_leaves_its_stages_first(aws):
    plan = {"id": "p", "name": "plan", "apiStages": [{"apiId": "a", "stage": "test"}]}
    aws.answer("apigateway", "get_usage_plans", {"items": [plan, {"id": "q"}]})
    remove = [{"op": "remove", "path": "/apiStages", "value": "a:test"}]
    aws.answer("apigateway", "update_usage_plan", {}, usagePlanId="p", patchOperations=remove)
    aws.answer("apigateway", "delete_usage_plan", {}, usagePlanId="p")
    assert cleanup.remove(aws.client, Owns(usage_plans=("plan",))) == {"usage_plans": ["plan"]}


def test_a_rule_goes_with_its_targets(aws):
    aws.answer("events", "list_rules", {"Rules": [{"Name": "r"}]})
    aws.answer("events", "list_targets_by_rule", {"Targets": [{"Id": "1", "Arn": "arn:aws:lambda:x"}]}, Rule="r")
    aws.answer("events", "remove_targets", {}, Rule="r", Ids=["1"])
    aws.answer("events", "delete_rule", {}, Name="r")
    assert cleanup.remove(aws.client, Owns(rules=("r",))) == {"rules": ["r"]}


def test_a_stack_is_waited_for(aws):
    stack = {"StackId": "arn:s", "StackName": "s", "CreationTime": 0, "StackStatus": "CREATE_COMPLETE"}
    aws.answer("cloudformation", "describe_stacks", {"Stacks": [stack, {**stack, "StackStatus": "DELETE_COMPLETE"}]})
    aws.answer("cloudformation", "delete_stack", {}, StackName="arn:s")
    deleted = {"Stacks": [{**stack, "StackStatus": "DELETE_COMPLETE"}]}
    aws.answer("cloudformation", "describe_stacks", deleted, StackName="arn:s")
    assert cleanup.remove(aws.client, Owns(stacks=("s",))) == {"stacks": ["s"]}


def test_a_state_machine_goes_with_what_it_still_runs(aws):
    arn = "arn:aws:states:us-east-1:000000000000:stateMachine:m"
    machine = {"name": "m", "stateMachineArn": arn, "type": "STANDARD", "creationDate": 0}
    running = {"executionArn": "e", "stateMachineArn": arn, "name": "e", "status": "RUNNING", "startDate": 0}
    aws.answer("stepfunctions", "list_state_machines", {"stateMachines": [machine]})
    aws.answer(
        "stepfunctions", "list_executions", {"executions": [running]}, stateMachineArn=arn, statusFilter="RUNNING"
    )
    aws.answer("stepfunctions", "stop_execution", {"stopDate": 0}, executionArn="e")
    aws.answer("stepfunctions", "delete_state_machine", {}, stateMachineArn=arn)
    logs = [{"logGroupName": "/aws/vendedlogs/states/m-Logs"}]
    aws.answer("logs", "describe_log_groups", {"logGroups": logs})
    aws.answer("logs", "delete_log_group", {}, logGroupName="/aws/vendedlogs/states/m-Logs")
    assert cleanup.in_words(cleanup.remove(aws.client, Owns(state_machines=("m",)))) == (
        "state machines m; log groups /aws/vendedlogs/states/m-Logs"
    )


def busy(function, state="busy"):
    return {"environments": [{"function": function, "state": state}]}


def test_a_running_invocation_of_an_owned_function_is_waited_for(monkeypatch):
    answers = iter([busy("Mine"), busy("Mine"), busy("Mine", "idle")])
    monkeypatch.setattr(own_engine, "status", lambda endpoint: next(answers))
    naps = []
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), sleep=naps.append)
    assert naps == [0.2, 0.2, cleanup.LOG_SECONDS]


@pytest.mark.parametrize("status", [busy("Other"), busy("Mine", "idle"), None, {}])
def test_nothing_else_is_waited_for(monkeypatch, status):
    monkeypatch.setattr(own_engine, "status", lambda endpoint: status)
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), sleep=lambda seconds: pytest.fail("waited"))


def test_a_function_that_never_ends_is_not_waited_for_forever(monkeypatch):
    monkeypatch.setattr(own_engine, "status", lambda endpoint: busy("Mine"))
    naps = []
    cleanup.wait_until_idle("http://x", Owns(functions=("Mine",)), seconds=1, sleep=naps.append)
    assert sum(naps) < 2
