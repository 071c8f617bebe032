"""Durable functions to those who create, invoke and list them.

Lambda Developer Guide, "Configure Lambda durable functions", "Invoking durable Lambda functions" and "Idempotency"; AWS
Lambda API Reference; service model of Lambda (all 2026-11).
"""

import json
from urllib.error import HTTPError

import pytest
from authorization_kit import allow
from durable_kit import ACTIONS, SOURCE
from kit import ROLE, eventually, refusal, wait_until_active, zipped

UNQUALIFIED = "You cannot invoke a durable function using an unqualified ARN."
TOO_LONG = "You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes."
NO_TIMEOUT = "You cannot create a function with a durable configuration without an executionTimeout"


def test_a_configuration_is_answered_by_whatever_answers_with_a_function(durable):
    lam, wanted = durable.lam, {"ExecutionTimeout": 900, "RetentionPeriodInDays": 2}
    listed = [one for one in lam.list_functions()["Functions"] if one["FunctionName"] == durable.name]

    assert durable.made["DurableConfig"] == wanted
    assert lam.get_function_configuration(FunctionName=durable.name)["DurableConfig"] == wanted
    assert lam.get_function(FunctionName=durable.name, Qualifier="live")["Configuration"]["DurableConfig"] == wanted
    assert [one["DurableConfig"] for one in listed] == [wanted]


def test_an_update_changes_the_latest_version_and_what_is_published_then(durables):
    one = durables.make()
    one.lam.update_function_configuration(FunctionName=one.name, DurableConfig={"RetentionPeriodInDays": 90})
    wait_until_active(one.lam, one.name)
    one.lam.update_function_configuration(FunctionName=one.name, Description="another")
    wait_until_active(one.lam, one.name)
    second = one.lam.publish_version(FunctionName=one.name)

    first = one.lam.get_function_configuration(FunctionName=one.name, Qualifier="1")
    assert second["DurableConfig"] == {"ExecutionTimeout": 900, "RetentionPeriodInDays": 90}
    assert first["DurableConfig"]["RetentionPeriodInDays"] == 2


QUEUE = "arn:aws:sqs:us-east-1:000000000000:ends"
REFUSED = {
    "no time": ({"RetentionPeriodInDays": 7}, "InvalidParameterValueException", NO_TIMEOUT),
    "too little time": (
        {"ExecutionTimeout": 0},
        "ValidationException",
        "1 validation error detected: Value '0' at 'durableConfig.executionTimeout' failed to satisfy constraint: "
        "Member must have value greater than or equal to 1",
    ),
    "too much time": (
        {"ExecutionTimeout": 31_622_401},
        "ValidationException",
        "1 validation error detected: Value '31622401' at 'durableConfig.executionTimeout' failed to satisfy "
        "constraint: Member must have value less than or equal to 31622400",
    ),
    "kept for too long": (
        {"ExecutionTimeout": 60, "RetentionPeriodInDays": 91},
        "ValidationException",
        "1 validation error detected: Value '91' at 'durableConfig.retentionPeriodInDays' failed to satisfy "
        "constraint: Member must have value less than or equal to 90",
    ),
    "encrypted": (
        {"ExecutionTimeout": 60, "KMSKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k"},
        "NotImplemented",
        "DurableConfig.KMSKeyArn of CreateFunction (AWS Lambda) is not part of this engine: executions are kept "
        "unencrypted.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_configuration_is_refused(unchecked, case):
    config, code, message = REFUSED[case]
    function = {"FunctionName": "refused", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE}
    code_ = {"ZipFile": zipped({"index.py": SOURCE})}

    assert refusal(unchecked("lambda").create_function, **function, Code=code_, DurableConfig=config) == (code, message)


def test_a_durable_function_has_no_tenants_here(unchecked):
    code, message = refusal(
        unchecked("lambda").create_function,
        FunctionName="refused",
        Runtime="python3.13",
        Handler="index.handler",
        Role=ROLE,
        Code={"ZipFile": zipped({"index.py": SOURCE})},
        DurableConfig={"ExecutionTimeout": 60},
        TenancyConfig={"TenantIsolationMode": "PER_TENANT"},
    )

    assert code == "NotImplemented" and message.endswith("a durable execution has no tenant.")


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("put_function_event_invoke_config", {"DestinationConfig": {"OnSuccess": {"Destination": QUEUE}}}),
        ("update_function_event_invoke_config", {"DestinationConfig": {"OnFailure": {"Destination": QUEUE}}}),
        ("update_function_configuration", {"DeadLetterConfig": {"TargetArn": QUEUE}}),
    ],
)
def test_nobody_is_told_of_an_executions_end_and_so_it_is_said(sender, operation, asked):
    code, message = refusal(getattr(sender.lam, operation), FunctionName=sender.name, **asked)

    assert code == "NotImplemented", message
    assert message.startswith(next(iter(asked))) and message.endswith("when an asynchronous execution has ended.")
    sender.lam.put_function_event_invoke_config(FunctionName=sender.name, MaximumRetryAttempts=1)


@pytest.fixture(scope="module")
def sender(durables):
    """A durable function whose role may send messages."""
    return durables.make(durables.mappings.make_role(*ACTIONS, "sqs:SendMessage"))


def test_a_function_does_not_become_durable(function, client):
    plain = function("def handler(event, context): return 1")

    code, message = refusal(
        client("lambda").update_function_configuration, FunctionName=plain.name, DurableConfig={"ExecutionTimeout": 60}
    )

    assert (code, message) == (
        "InvalidParameterValueException",
        "Durable execution can be enabled only when a function is created.",
    )
    assert plain().payload == 1


@pytest.mark.parametrize("qualifier", ["1", "live", "$LATEST"])
def test_a_synchronous_caller_gets_the_result_and_the_arn(durable, qualifier):
    answer = durable.invoke(qualifier, do="adds", number=1)

    version = "$LATEST" if qualifier == "$LATEST" else "1"
    assert (answer["StatusCode"], json.loads(answer["Payload"].read())) == (200, 2)
    assert answer["ExecutedVersion"] == version and "FunctionError" not in answer
    arn = answer["DurableExecutionArn"]
    assert arn.startswith(f"arn:aws:lambda:us-east-1:000000000000:function:{durable.name}:{version}/durable-execution/")
    said = durable.get(arn)
    assert (said["InputPayload"], said["Result"], said["Version"]) == ('{"do": "adds", "number": 1}', "2", version)


def test_an_invocation_needs_a_qualifier(durable):
    for kind in ("RequestResponse", "Event", "DryRun"):
        asked = {"FunctionName": durable.name, "InvocationType": kind}
        assert refusal(durable.lam.invoke, **asked) == ("InvalidParameterValueException", UNQUALIFIED)
    assert durable.lam.invoke(FunctionName=f"{durable.name}:1", InvocationType="DryRun")["StatusCode"] == 204


def test_a_synchronous_caller_does_not_wait_for_more_than_15_minutes(durables):
    long = durables.make(ExecutionTimeout=901)

    assert refusal(long.invoke, do="adds", number=1) == ("InvalidParameterValueException", TOO_LONG)
    assert long.ended(long.start(do="adds", number=1))


def test_a_name_starts_an_execution_once(durable):
    first = durable.start("order-1", do="adds", number=1)
    again = durable.invoke(name="order-1", do="adds", number=1)

    assert again["DurableExecutionArn"] == first and f"/durable-execution/order-1/{first.rpartition('/')[2]}" in first
    assert json.loads(again["Payload"].read()) == 2
    assert durable.start("order-1", do="adds", number=1) == first
    for other in ({"number": 2}, {"qualifier": "$LATEST", "number": 1}):
        code, message = refusal(durable.invoke, name="order-1", do="adds", **other)
        assert code == "DurableExecutionAlreadyStartedException" and first in message


def test_an_execution_that_runs_is_waited_for_by_whoever_names_it(durable):
    arn = durable.start("order-2", do="callback")
    (started,) = durable.waits(arn, "CallbackStarted")
    durable.lam.send_durable_execution_callback_success(
        CallbackId=started["CallbackStartedDetails"]["CallbackId"], Result=b"yes"
    )

    assert json.loads(durable.invoke(name="order-2", do="callback")["Payload"].read()) == {"answer": "yes"}


def test_a_queue_invokes_a_durable_function_and_waits_for_its_end(client, durables):
    durable = durables.make()
    sqs = client("sqs")
    queue = sqs.create_queue(QueueName=durable.name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    role = durables.mappings.make_role(*ACTIONS, "sqs:*")
    durable.lam.update_function_configuration(FunctionName=durable.name, Role=role)
    wait_until_active(durable.lam, durable.name)
    asked = {"FunctionName": f"{durable.name}:$LATEST", "EventSourceArn": arn}
    durables.mappings.undo.callback(
        durable.lam.delete_event_source_mapping, UUID=durable.lam.create_event_source_mapping(**asked)["UUID"]
    )
    durables.mappings.undo.callback(sqs.delete_queue, QueueUrl=queue)
    sqs.send_message(QueueUrl=queue, MessageBody="hello")

    def listed():
        asked = {"FunctionName": durable.name, "Qualifier": "$LATEST", "Statuses": ["RUNNING"]}
        return durable.lam.list_durable_executions_by_function(**asked)["DurableExecutions"]

    (one,) = eventually(listed, 10)
    assert json.loads(durable.get(one["DurableExecutionArn"])["InputPayload"])["Records"][0]["body"] == "hello"
    durable.waits(one["DurableExecutionArn"])
    durable.skip(300)
    durable.ended(one["DurableExecutionArn"])


def test_executions_are_listed_by_version_name_and_status_in_pages(durables):
    one = durables.make()
    arns = [one.invoke(name=f"n{number}", do="adds", number=number)["DurableExecutionArn"] for number in range(3)]
    failed = one.invoke("$LATEST", do="fails")["DurableExecutionArn"]

    def listed(**asked):
        page = one.lam.list_durable_executions_by_function(FunctionName=one.name, **asked)
        return [item["DurableExecutionArn"] for item in page["DurableExecutions"]], page.get("NextMarker")

    began = one.get(arns[1])["StartTimestamp"]
    assert listed() == ([*arns, failed], None)
    assert listed(Qualifier="live") == (arns, None)
    assert listed(DurableExecutionName="n1") == ([arns[1]], None)
    assert listed(Statuses=["FAILED", "STOPPED"]) == ([failed], None)
    assert listed(StartedAfter=began, Qualifier="1") == ([arns[2]], None)
    assert listed(StartedBefore=began) == ([arns[0]], None)
    assert listed(ReverseOrder=True, MaxItems=1)[0] == [failed]
    first, marker = listed(MaxItems=3)
    assert first == arns and listed(Marker=marker) == ([failed], None)
    assert refusal(listed, Statuses=["LATE"])[0] == "ValidationException"
    nobody = refusal(one.lam.list_durable_executions_by_function, FunctionName="nobody")
    assert nobody == (
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody",
    )


def test_a_history_comes_in_pages_and_without_data_if_none_is_asked_for(durable):
    arn = durable.invoke(do="adds", number=1)["DurableExecutionArn"]
    lam = durable.lam
    kinds = ["ExecutionStarted", "StepStarted", "StepSucceeded", "InvocationCompleted", "ExecutionSucceeded"]

    assert [event["EventType"] for event in durable.events(arn)] == kinds
    page = lam.get_durable_execution_history(DurableExecutionArn=arn, MaxItems=2, ReverseOrder=True)
    assert [event["EventType"] for event in page["Events"]] == kinds[:-3:-1] and page["NextMarker"]
    (invoked,) = durable.events(arn, "InvocationCompleted")
    assert {"StartTimestamp", "EndTimestamp", "RequestId"} <= invoked["InvocationCompletedDetails"].keys()
    bare = lam.get_durable_execution(DurableExecutionArn=arn, IncludeExecutionData=False)
    assert bare["ExecutionDataIncluded"] is False and not {"InputPayload", "Result"} & bare.keys()
    (ended,) = lam.get_durable_execution_history(
        DurableExecutionArn=arn, IncludeExecutionData=False, ReverseOrder=True, MaxItems=1
    )["Events"]
    assert ended["EventType"] == "ExecutionSucceeded"
    (same,) = lam.get_durable_execution_history(DurableExecutionArn=arn, ReverseOrder=False, MaxItems=1)["Events"]
    assert same["EventType"] == "ExecutionStarted"


NOBODY = "arn:aws:lambda:us-east-1:000000000000:function:f:1/durable-execution/name/id"
NOT_THERE = {
    "get": ("get_durable_execution", {"DurableExecutionArn": NOBODY}, "ResourceNotFoundException"),
    "stop": ("stop_durable_execution", {"DurableExecutionArn": NOBODY}, "ResourceNotFoundException"),
    "another account": (
        "get_durable_execution",
        {"DurableExecutionArn": NOBODY.replace("0" * 12, "1" * 12)},
        "AccessDeniedException",
    ),
    "callback": (
        "send_durable_execution_callback_success",
        {"CallbackId": "bm90aGluZw=="},
        "InvalidParameterValueException",
    ),
    "no ARN": ("get_durable_execution", {"DurableExecutionArn": "name"}, "ValidationException"),
}


@pytest.mark.parametrize("case", NOT_THERE)
def test_what_is_not_there_is_refused(durable, case):
    operation, asked, code = NOT_THERE[case]

    assert refusal(getattr(durable.lam, operation), **asked)[0] == code


def test_an_old_token_writes_nothing(durable):
    arn = durable.start()
    durable.waits(arn)

    assert refusal(durable.lam.checkpoint_durable_execution, DurableExecutionArn=arn, CheckpointToken="e30=") == (
        "InvalidParameterValueException",
        "Invalid checkpoint token",
    )
    durable.lam.stop_durable_execution(DurableExecutionArn=arn)


BY_HAND = """
import boto3, json
lam = boto3.client("lambda")
def handler(event, context):
    of = {"DurableExecutionArn": event["DurableExecutionArn"]}
    step = {"Id": "a" * 64, "Type": "STEP", "SubType": "Step", "Name": "mine", "Action": "START"}
    asked = of | {"CheckpointToken": event["CheckpointToken"], "ClientToken": "t", "Updates": [step]}
    first, again = (lam.checkpoint_durable_execution(**asked)["CheckpointToken"] for _ in range(2))
    try:
        lam.checkpoint_durable_execution(**asked | {"ClientToken": "u"})
        code = ""
    except lam.exceptions.InvalidParameterValueException as error:
        code = error.response["Error"]["Message"]
    page = lam.get_durable_execution_state(CheckpointToken=first, MaxItems=1, **of)
    rest = lam.get_durable_execution_state(CheckpointToken=first, Marker=page["NextMarker"], **of)
    state = [one.get("Name") for one in page["Operations"] + rest["Operations"]]
    return {"Status": "SUCCEEDED", "Result": json.dumps([first == again, code, state[-1], len(state)])}
"""


def test_a_function_may_write_and_read_its_progress_by_hand(durables):
    """Without an SDK: a token is good for one write, unless the write is the same."""
    one = durables.make(source=BY_HAND)

    assert json.loads(one.invoke()["Payload"].read()) == [True, "Invalid checkpoint token", "mine", 2]


def test_awss_managed_policy_lets_a_function_keep_its_progress(client, durables):
    iam, role = client("iam"), durables.mappings.make_role("sqs:ListQueues")
    named = {
        "RoleName": role.rpartition("/")[2],
        "PolicyArn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy",
    }
    iam.attach_role_policy(**named)
    durables.mappings.undo.callback(iam.detach_role_policy, **named)

    assert json.loads(durables.make(role).invoke(do="adds", number=1)["Payload"].read()) == 2


def test_a_user_sees_and_answers_what_a_policy_lets(actors, durable):
    arn = durable.start(do="callback")
    (started,) = durable.waits(arn, "CallbackStarted")
    callback = started["CallbackStartedDetails"]["CallbackId"]
    resource = f"{arn.partition('/')[0].rpartition(':')[0]}:*"
    answers = actors.user(allow("lambda:SendDurableExecutionCallbackSuccess", resource)).client("lambda")
    sees = actors.user(allow("lambda:GetDurableExecution", resource)).client("lambda")

    assert sees.get_durable_execution(DurableExecutionArn=arn)["Status"] == "RUNNING"
    for call, asked in (
        (sees.send_durable_execution_callback_success, {"CallbackId": callback}),
        (answers.get_durable_execution, {"DurableExecutionArn": arn}),
        (answers.stop_durable_execution, {"DurableExecutionArn": arn}),
    ):
        code, message = refusal(call, **asked)
        assert code == "AccessDeniedException" and arn in message
    answers.send_durable_execution_callback_success(CallbackId=callback, Result=b"yes")
    durable.ended(arn)


SKIPS = {
    "no number": ({"seconds": "long"}, 400),
    "backwards": ({"seconds": -1}, 400),
    "where nothing was started": ({"account": "222222222222"}, 404),
}


@pytest.mark.parametrize("case", SKIPS)
def test_a_skip_that_cannot_be_is_refused(durable, case):
    asked, status = SKIPS[case]

    with pytest.raises(HTTPError) as refused:
        durable.skip(**{"seconds": 1} | asked)

    assert refused.value.code == status
