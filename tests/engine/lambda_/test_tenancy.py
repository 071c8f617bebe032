"""Tenant isolation mode: Developer Guide, "Tenant isolation" and its pages (2026-11)."""

import json

import pytest
from botocore.exceptions import ClientError
from event_source_kit import Mappings
from kit import eventually

PER_TENANT = {"TenancyConfig": {"TenantIsolationMode": "PER_TENANT"}}
MISSING = (
    "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again."
)
EXCLUDED = "is not supported for functions enabled with tenancy configuration"
# Counts its invocations in memory and in /tmp, and says whose they are.
COUNTS = """
count = 0
def handler(event, context):
    global count
    count += 1
    with open("/tmp/seen", "a+") as seen:
        seen.write(f"{context.tenant_id} ")
        seen.seek(0)
        return [context.tenant_id, count, seen.read()]
"""
TELLS = {
    "python3.13": """
import logging
def handler(event, context):
    logging.getLogger().warning("told")
    return context.tenant_id
""",
    "nodejs22.x": "exports.handler = async (event, context) => { console.warn('told'); return context.tenantId; };",
    "nodejs24.x": "exports.handler = async (event, context) => { console.warn('told'); return context.tenantId; };",
}


def refusal(call, **parameters):
    with pytest.raises(ClientError) as error:
        call(**parameters)
    return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]


def test_tenants_share_no_environment(function):
    call = function(COUNTS, **PER_TENANT)
    answers = [call(TenantId=tenant).payload for tenant in ("blue", "green", "blue", "a.b:c/d=e+f-g@h i")]
    assert answers == [
        ["blue", 1, "blue "],
        ["green", 1, "green "],
        ["blue", 2, "blue blue "],
        ["a.b:c/d=e+f-g@h i", 1, "a.b:c/d=e+f-g@h i "],
    ]


@pytest.mark.parametrize("runtime", TELLS)
def test_a_function_and_its_json_log_know_the_tenant(function, runtime):
    logging = {"LogFormat": "JSON", "SystemLogLevel": "DEBUG"}
    called = function(TELLS[runtime], runtime, LoggingConfig=logging, **PER_TENANT)(TenantId="blue")
    assert called.payload == "blue"
    said = [json.loads(line) for line in called.log.splitlines()]
    events = {one["type"]: one["record"].get("tenantId") for one in said if "type" in one}
    assert events == {
        "platform.initRuntimeDone": None,  # it is known during invocations only
        "platform.initReport": None,
        "platform.start": "blue",
        "platform.runtimeDone": "blue",
        "platform.report": "blue",
    }
    assert [one["tenantId"] for one in said if one.get("message") == "told"] == ["blue"]


def test_a_log_in_text_does_not_name_the_tenant(function):
    assert "blue" not in function(TELLS["python3.13"], **PER_TENANT)(TenantId="blue").log


def test_the_configuration_says_it_wherever_it_is_asked_for(function, client):
    lam = client("lambda")
    name = function(COUNTS, **PER_TENANT).name
    version = lam.publish_version(FunctionName=name)
    updated = lam.update_function_configuration(FunctionName=name, Description="d")
    found = [
        lam.get_function(FunctionName=name)["Configuration"],
        lam.get_function_configuration(FunctionName=name, Qualifier=version["Version"]),
        next(one for one in lam.list_functions()["Functions"] if one["FunctionName"] == name),
        version,
        updated,
    ]
    assert [one["TenancyConfig"] for one in found] == [PER_TENANT["TenancyConfig"]] * 5
    other = function("").name
    assert "TenancyConfig" not in lam.get_function_configuration(FunctionName=other)


def test_a_tenant_is_needed_where_tenants_are_told_apart_and_refused_elsewhere(function, client):
    invoke, isolated, plain = client("lambda").invoke, function(COUNTS, **PER_TENANT).name, function("").name
    for kind in ("RequestResponse", "Event"):
        assert refusal(invoke, FunctionName=isolated, InvocationType=kind) == (
            "InvalidParameterValueException",
            MISSING,
        )
        code, message = refusal(invoke, FunctionName=plain, InvocationType=kind, TenantId="blue")
        assert code == "InvalidParameterValueException" and "not enabled with tenancy configuration" in message
    code, message = refusal(invoke, FunctionName=isolated, TenantId="blue(")
    assert (code, "'tenantId' failed to satisfy" in message) == ("ValidationException", True)


def test_an_event_keeps_its_tenant_through_every_attempt(client):
    mappings = Mappings(client)
    try:
        url, queue = mappings.queue()
        source = "def handler(event, context):\n    raise ValueError(context.tenant_id)"
        name = mappings.function(source=source, **PER_TENANT)
        lam, sqs = client("lambda"), client("sqs")
        lam.put_function_event_invoke_config(
            FunctionName=name, MaximumRetryAttempts=1, DestinationConfig={"OnFailure": {"Destination": queue}}
        )
        lam.invoke(FunctionName=name, InvocationType="Event", TenantId="blue")
        received = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"), 30)
        record = json.loads(received[0]["Body"])
        assert record["requestContext"]["approximateInvokeCount"] == 2
        assert record["responsePayload"]["errorMessage"] == "blue"
    finally:
        mappings.clean_up()


def test_a_streamed_response_is_of_the_tenants_environment(function, client):
    name = function(COUNTS, **PER_TENANT).name
    invoke = client("lambda").invoke_with_response_stream
    parts = [part for part in invoke(FunctionName=name, TenantId="blue")["EventStream"] if "PayloadChunk" in part]
    assert json.loads(parts[0]["PayloadChunk"]["Payload"])[0] == "blue"
    assert refusal(invoke, FunctionName=name)[1] == MISSING


def test_what_isolation_excludes_is_refused(function, client):
    lam, mappings = client("lambda"), Mappings(client)
    try:
        name = function(COUNTS, **PER_TENANT).name
        version = lam.publish_version(FunctionName=name)["Version"]
        ready = {"Qualifier": version, "ProvisionedConcurrentExecutions": 1}
        own = mappings.function(**PER_TENANT)
        refused = [
            refusal(lam.create_function_url_config, FunctionName=name, AuthType="NONE"),
            refusal(lam.put_provisioned_concurrency_config, FunctionName=name, **ready),
            refusal(lam.create_event_source_mapping, FunctionName=own, EventSourceArn=mappings.queue()[1]),
            refusal(lam.update_event_source_mapping, FunctionName=own, UUID=mappings.map(mappings.queue()[1])[1]),
        ]
    finally:
        mappings.clean_up()
    assert refused == [
        ("InvalidParameterValueException", f"Function URL {EXCLUDED}"),
        ("InvalidParameterValueException", f"Provisioned concurrency {EXCLUDED}"),
        ("InvalidParameterValueException", f"Event source mapping {EXCLUDED}"),
        ("InvalidParameterValueException", f"Event source mapping {EXCLUDED}"),
    ]


def test_there_is_room_for_two_and_a_half_tenants_for_each_execution(function, client):
    call = function(COUNTS, **PER_TENANT)
    client("lambda").put_function_concurrency(FunctionName=call.name, ReservedConcurrentExecutions=1)
    assert [call(TenantId=tenant).payload[1] for tenant in ("a", "b", "a", "b")] == [1, 1, 2, 2]
    code, message = refusal(client("lambda").invoke, FunctionName=call.name, TenantId="c")
    assert (code, message) == ("TooManyRequestsException", "Rate exceeded")
    assert call(TenantId="a").payload[1] == 3


def test_a_mode_that_is_none_is_refused_and_so_is_a_change(function, client):
    lam = client("lambda")
    unknown = {"TenancyConfig": {"TenantIsolationMode": "PER_USER"}}
    with pytest.raises(ClientError, match=r"'tenancyConfig\.tenantIsolationMode' failed to satisfy constraint"):
        function(COUNTS, **unknown)
    members = lam.meta.service_model.operation_model("UpdateFunctionConfiguration").input_shape.members
    assert "TenancyConfig" not in members  # nor has UpdateFunctionCode: AWS ignores it


def test_a_function_may_be_the_one_that_names_the_tenant(function, client):
    """What AWS recommends for queues and streams: a router in front (Compute Blog, 2026)."""
    mappings = Mappings(client)
    try:
        isolated = function(COUNTS, **PER_TENANT).name
        source = f"""
import boto3, json
def handler(event, context):
    answer = boto3.client("lambda").invoke(FunctionName="{isolated}", TenantId=event)
    return json.load(answer["Payload"])
"""
        router = mappings.function(source=source)
        answer = client("lambda").invoke(FunctionName=router, Payload=json.dumps("blue"))
        assert json.load(answer["Payload"]) == ["blue", 1, "blue "]
    finally:
        mappings.clean_up()
