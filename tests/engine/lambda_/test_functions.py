"""Functions in each runtime, called through boto3: what a handler is given, and what its caller gets."""

import io
import json
import re
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from kit import ROLE, eventually, wait_until_active, zipped

pytestmark = pytest.mark.everywhere

REPORT = re.compile(
    r"REPORT RequestId: [-0-9a-f]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\t"
    r"Memory Size: 128 MB\tMax Memory Used: \d+ MB\t(Init Duration: \d+\.\d\d ms\t)?$"
)
HELLO = {
    "python3.13": "def handler(event, context): return {'got': event}",
    "nodejs22.x": "exports.handler = async (event) => ({ got: event });",
    "nodejs24.x": "exports.handler = async (event) => ({ got: event });",
    "provided.al2023": """#!/bin/bash
while true; do
  API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
  HEADERS=$(mktemp)
  EVENT=$(curl -sS -D "$HEADERS" "$API/next")
  ID=$(grep -i lambda-runtime-aws-request-id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS "$API/$ID/response" -d "{\\"got\\": $EVENT}" >/dev/null
done
""",
}


@pytest.mark.parametrize("runtime", HELLO)
def test_every_runtime_gets_the_event_and_answers_json(function, runtime):
    call = function(HELLO[runtime], runtime)
    assert call({"name": "David"}).payload == {"got": {"name": "David"}}
    assert call("warm").payload == {"got": "warm"}


@pytest.mark.parametrize("runtime", ["python3.13", "nodejs22.x"])
def test_the_log_is_start_line_end_report_and_init_duration_comes_once(function, runtime):
    printing = {
        "python3.13": "def handler(e, c): print('a line')",
        "nodejs22.x": "exports.handler = async () => { console.log('a line') }",
    }
    call = function(printing[runtime], runtime)
    cold, warm = call().log.splitlines(), call().log.splitlines()
    for lines in (cold, warm):
        assert lines[0].startswith("START RequestId: ") and lines[0].endswith(" Version: $LATEST")
        assert lines[1].endswith("a line")
        assert lines[2].startswith("END RequestId: ")
        assert REPORT.match(lines[3])
    assert "Init Duration" in cold[3]
    assert "Init Duration" not in warm[3]


def test_billed_duration_is_whole_milliseconds_and_includes_init(function):
    report = function("def handler(e, c): pass")().report
    duration, billed, init = (
        float(re.search(rf"\t{name}: ([\d.]+)", report)[1]) for name in ("Duration", "Billed Duration", "Init Duration")
    )
    assert duration + init <= billed < duration + init + 1.02


def test_a_runtime_that_ends_at_once_has_used_memory(function):
    assert "Max Memory Used: 0 MB" not in function("import os\nos._exit(3)")().report


def test_globals_stay_while_an_environment_is_warm(function):
    call = function("count = 0\ndef handler(e, c):\n    global count\n    count += 1\n    return count")
    assert [call().payload for _ in range(3)] == [1, 2, 3]


def test_a_new_configuration_keeps_the_code(function, client):
    call = function("def handler(e, c): return c.memory_limit_in_mb")
    call()
    client("lambda").update_function_configuration(FunctionName=call.name, MemorySize=256)
    wait_until_active(client("lambda"), call.name)
    time.sleep(0.5)  # the environments of the old configuration are ended in the background
    assert call().payload == "256"
    assert [call() for _ in range(3)][-1].payload == "256"


def test_a_function_sees_aws_variables_its_own_and_none_of_localstack(function):
    call = function(
        "import os\ndef handler(e, c): return dict(os.environ)", Environment={"Variables": {"STAGE": "dev"}}
    )
    environ = call().payload
    assert environ["STAGE"] == "dev"
    assert environ["AWS_EXECUTION_ENV"] == "AWS_Lambda_python3.13"
    assert environ["AWS_LAMBDA_FUNCTION_NAME"] == call.name
    assert environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "128"
    assert environ["AWS_LAMBDA_INITIALIZATION_TYPE"] == "on-demand"
    assert environ["_HANDLER"] == "index.handler"
    assert environ["TZ"] == ":UTC"
    for name in environ:
        assert not re.match(r"LOCALSTACK|EDGE_PORT|LAB_|VIRTUAL_ENV|PIP_|GATEWAY", name), name


def test_a_function_calls_aws_with_its_own_role(function):
    call = function(
        "import boto3\ndef handler(e, c): return boto3.client('sts').get_caller_identity()['Arn']", Timeout=20
    )
    assert call().payload == f"arn:aws:sts::000000000000:assumed-role/function/{call.name}"


def test_a_nodejs_function_finds_the_sdk_from_commonjs_and_from_es_modules(function):
    commonjs = (
        "const { LambdaClient } = require('@aws-sdk/client-lambda'); exports.handler = async () => LambdaClient.name;"
    )
    module = (
        "import { LambdaClient } from '@aws-sdk/client-lambda'; export const handler = async () => LambdaClient.name;"
    )
    assert function(commonjs, "nodejs22.x", Timeout=20)().payload == "LambdaClient"
    assert function("", "nodejs22.x", files={"index.mjs": module}, Timeout=20)().payload == "LambdaClient"


def test_an_es_module_may_await_at_its_top_level(function):
    source = "const word = await Promise.resolve('awaited'); export const handler = async () => word;"
    files = {"index.js": source, "package.json": '{"type": "module"}'}
    assert function("", "nodejs24.x", files=files)().payload == "awaited"


def test_packages_of_the_engine_and_of_the_learner_are_not_there(function):
    for package in ("localstack", "localstack_client", "jupyterlab", "requests", "pytest"):
        result = function(f"import {package}\ndef handler(e, c): pass")()
        assert result.error_type == "Runtime.ImportModuleError"
        assert package in result.payload["errorMessage"]


def test_the_python_context_tells_the_function_about_itself(function):
    source = """
def handler(event, context):
    return [context.function_name, context.memory_limit_in_mb, context.function_version,
            context.invoked_function_arn, context.get_remaining_time_in_millis(), context.log_group_name]
"""
    call = function(source, MemorySize=256, Timeout=7)
    name, memory, version, arn, left, group = call().payload
    assert (name, memory, version) == (call.name, "256", "$LATEST")
    assert arn == f"arn:aws:lambda:us-east-1:000000000000:function:{call.name}"
    assert 6000 < left <= 7000
    assert group == f"/aws/lambda/{call.name}"


def test_callback_handlers_answer_on_nodejs22_and_are_refused_on_nodejs24(function):
    source = "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, 'later'), 20); };"
    assert function(source, "nodejs22.x")().payload == "later"
    refused = function(source, "nodejs24.x")()
    assert refused.error == "Unhandled"
    assert refused.error_type == "Runtime.CallbackHandlerDeprecated"


@pytest.mark.parametrize(
    ("body", "payload", "error"),
    [
        ("context.succeed('s')", "s", None),
        ("context.done(null, 'd')", "d", None),
        ("context.fail(new Error('f'))", "f", "Unhandled"),
        ("callback(null, 'c')", "c", None),
        ("callback(new Error('e'))", "e", "Unhandled"),
        ("", None, None),
    ],
)
def test_every_legacy_way_out_of_a_nodejs_handler_works_on_nodejs22(function, body, payload, error):
    result = function(f"exports.handler = (event, context, callback) => {{ {body} }};", "nodejs22.x")()
    assert result.error == error
    assert (result.payload["errorMessage"] if error else result.payload) == payload


def test_a_raised_error_is_unhandled_with_type_message_and_the_handlers_own_frames(function):
    python = function("def handler(e, c):\n    raise ValueError('bad name')")()
    assert python.error == "Unhandled"
    assert (python.error_type, python.payload["errorMessage"]) == ("ValueError", "bad name")
    assert len(python.payload["stackTrace"]) == 1
    node = function("exports.handler = async () => { throw new TypeError('bad name'); };", "nodejs22.x")()
    assert (node.error_type, node.payload["errorMessage"]) == ("TypeError", "bad name")
    assert node.payload["trace"][0] == "TypeError: bad name"
    assert not any("bootstrap" in line for line in node.payload["trace"])
    assert "Invoke Error" in node.log


@pytest.mark.parametrize(
    ("runtime", "source", "handler", "error_type"),
    [
        ("python3.13", "x = 1", "index.handler", "Runtime.HandlerNotFound"),
        ("python3.13", "def handler(e, c) pass", "index.handler", "Runtime.UserCodeSyntaxError"),
        ("python3.13", "import nothing_like_it", "index.handler", "Runtime.ImportModuleError"),
        ("python3.13", "x = 1", "elsewhere.handler", "Runtime.ImportModuleError"),
        ("python3.13", "def handler(e, c): return {1, 2}", "index.handler", "Runtime.MarshalError"),
        ("python3.13", "x = 1", "handler", "Runtime.MalformedHandlerName"),
        ("nodejs22.x", "exports.other = 1", "index.handler", "Runtime.HandlerNotFound"),
        ("nodejs22.x", "exports.handler = (", "index.handler", "Runtime.UserCodeSyntaxError"),
        ("nodejs22.x", "require('nothing-like-it')", "index.handler", "Runtime.ImportModuleError"),
        ("nodejs22.x", "exports.handler = 1", "elsewhere.handler", "Runtime.ImportModuleError"),
    ],
)
def test_mistakes_have_awss_error_types(function, runtime, source, handler, error_type):
    result = function(source, runtime, handler)()
    assert result.error == "Unhandled"
    assert result.error_type == error_type


def test_the_stand_in_for_curl_serves_a_custom_runtime(function, engine):
    source = f"""#!/bin/sh
curl=/var/rapid/provided/curl
[ -x $curl ] || curl="{Path(engine.log).parent}/tmp/rapid/provided/curl"
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
headers=$(mktemp)
while true; do
  event=$("$curl" -sS -D "$headers" "$api/next")
  id=$(grep -i lambda-runtime-aws-request-id "$headers" | tr -d '[:space:]' | cut -d: -f2)
  "$curl" -sS -d "{{\\"got\\": $event}}" "$api/$id/response" > /dev/null
done
"""
    call = function(source, "provided.al2023")
    assert [call({"a": "ü"}).payload, call(2).payload] == [{"got": {"a": "ü"}}, {"got": 2}]


def test_a_custom_runtime_without_bootstrap_is_an_invalid_entrypoint(function):
    result = function("", "provided.al2023", files={"readme.txt": "no bootstrap"})()
    assert result.error_type == "Runtime.InvalidEntrypoint"
    assert "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" in result.payload["errorMessage"]
    assert "Phase: invoke\tStatus: error\tError Type: Runtime.InvalidEntrypoint" in result.log


def test_a_bootstrap_that_cannot_be_executed_is_an_invalid_entrypoint(function):
    result = function("#!/bin/sh\r\n", "provided.al2023")()  # saved on Windows: the program is "/bin/sh\r"
    assert result.error_type == "Runtime.InvalidEntrypoint"
    assert result.payload["errorMessage"].endswith("/bootstrap: no such file or directory")
    assert " Error: fork/exec " in result.payload["errorMessage"]
    assert "\nRuntime.InvalidEntrypoint" in result.log
    assert result.report.rstrip().endswith("Status: error\tError Type: Runtime.InvalidEntrypoint")


def test_logs_reach_cloudwatch_one_stream_an_environment(function, client):
    call = function("def handler(e, c): print('to CloudWatch')")
    call(), call()
    logs = client("logs")
    group = f"/aws/lambda/{call.name}"

    def written():
        try:
            found = logs.filter_log_events(logGroupName=group)["events"]
        except logs.exceptions.ResourceNotFoundException:
            return None
        return found if len(found) == 9 else None  # INIT_START, and twice START, a line, END, REPORT

    events = eventually(written)
    assert [event["message"] for event in events].count("to CloudWatch\n") == 2
    assert len(logs.describe_log_streams(logGroupName=group)["logStreams"]) == 1


def test_log_events_have_the_times_at_which_an_invocation_began_and_ended(function, client):
    call = function("import time\ndef handler(event, context): time.sleep(30)", Timeout=1)
    call()
    group = f"/aws/lambda/{call.name}"

    def times():
        try:
            events = client("logs").filter_log_events(logGroupName=group)["events"]
        except client("logs").exceptions.ResourceNotFoundException:
            return None
        return {event["message"].split(" ")[0]: event["timestamp"] for event in events}

    written = eventually(times)
    # A timeout ends an invocation to the millisecond; ending its processes takes longer.
    assert written["REPORT"] - written["START"] == pytest.approx(1000, abs=2)
    client("logs").delete_log_group(logGroupName=group)


def test_metrics_reach_cloudwatch(function, client):
    call = function("def handler(e, c): return 1 / e")
    call(1), call(1), call(0)
    cloudwatch = client("cloudwatch")

    def total(metric, statistic="Sum"):
        points = cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName=metric,
            Dimensions=[{"Name": "FunctionName", "Value": call.name}],
            StartTime=time.time() - 3600,
            EndTime=time.time() + 3600,
            Period=7200,
            Statistics=[statistic],
        )["Datapoints"]
        return points and points[0][statistic]

    assert eventually(lambda: total("Invocations") == 3)
    assert total("Errors") == 1
    assert total("Duration", "Maximum") > 0


def test_the_metric_of_a_cold_start_is_the_duration_of_its_report_without_init(function, client):
    call = function("import time; time.sleep(1)\ndef handler(e, c): pass")
    reported = float(re.search(r"\tDuration: ([\d.]+) ms", call().report)[1])

    def longest():
        points = client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Duration",
            Dimensions=[{"Name": "FunctionName", "Value": call.name}],
            StartTime=time.time() - 3600,
            EndTime=time.time() + 3600,
            Period=7200,
            Statistics=["Maximum"],
        )["Datapoints"]
        return points and points[0]["Maximum"]

    assert eventually(longest)
    assert longest() == reported


def test_layers_are_merged_in_order_into_opt_and_onto_the_module_path(function, client):
    lam = client("lambda")

    def layer(name, **files):
        return lam.publish_layer_version(
            LayerName=name, Content={"ZipFile": zipped(files)}, CompatibleRuntimes=["python3.13"]
        )["LayerVersionArn"]

    first = layer("first", **{"python/shared.py": "name = 'first'", "python/only.py": "name = 'only in first'"})
    second = layer("second", **{"python/shared.py": "name = 'second'"})
    source = "import shared, only\ndef handler(e, c): return [shared.name, only.name]"
    assert function(source)().error_type == "Runtime.ImportModuleError"
    assert function(source, Layers=[first, second])().payload == ["second", "only in first"]
    assert function(source, Layers=[second, first])().payload == ["first", "only in first"]


def test_a_nodejs_layer_brings_modules(function, client):
    arn = client("lambda").publish_layer_version(
        LayerName="node", Content={"ZipFile": zipped({"nodejs/node_modules/greet/index.js": "module.exports = 'hi';"})}
    )["LayerVersionArn"]
    assert function("exports.handler = async () => require('greet')", "nodejs22.x", Layers=[arn])().payload == "hi"


def test_a_runtime_can_live_in_a_layer(function, client):
    arn = client("lambda").publish_layer_version(
        LayerName="shell", Content={"ZipFile": zipped({"bootstrap": HELLO["provided.al2023"]})}
    )["LayerVersionArn"]
    assert function("", "provided.al2023", files={"data.txt": ""}, Layers=[arn])({"a": 1}).payload == {"got": {"a": 1}}


def test_dynamodb_tables_and_their_streams_invoke_functions(function, client):
    dynamodb = client("dynamodb")
    stream = dynamodb.create_table(
        TableName="items",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]["LatestStreamArn"]
    call = function("def handler(e, c): print('id', e['Records'][0]['dynamodb']['Keys']['id']['S'])")
    mapping = client("lambda").create_event_source_mapping(
        EventSourceArn=stream, FunctionName=call.name, StartingPosition="TRIM_HORIZON", BatchSize=1
    )["UUID"]
    dynamodb.put_item(TableName="items", Item={"id": {"S": "forty-two"}})
    logs = client("logs")

    def seen():
        try:
            return logs.filter_log_events(logGroupName=f"/aws/lambda/{call.name}", filterPattern='"forty-two"')[
                "events"
            ]
        except logs.exceptions.ResourceNotFoundException:
            return None

    assert eventually(seen, 20)
    client("lambda").delete_event_source_mapping(UUID=mapping)
    dynamodb.delete_table(TableName="items")


def test_the_code_of_a_function_and_of_a_layer_can_be_downloaded(function, client):
    call = function("def handler(e, c): pass")
    lam = client("lambda")
    layer = lam.publish_layer_version(LayerName="downloaded", Content={"ZipFile": zipped({"python/a.py": ""})})
    found = lam.get_layer_version(LayerName="downloaded", VersionNumber=layer["Version"])
    for location, file in (
        (lam.get_function(FunctionName=call.name)["Code"]["Location"], "index.py"),
        (found["Content"]["Location"], "python/a.py"),
    ):
        with urllib.request.urlopen(location) as response:
            assert zipfile.ZipFile(io.BytesIO(response.read())).namelist() == [file]
    lam.delete_layer_version(LayerName="downloaded", VersionNumber=layer["Version"])


def test_dry_run_answers_204_and_event_202(function, client):
    call = function("def handler(e, c): pass")
    lam = client("lambda")
    assert lam.invoke(FunctionName=call.name, InvocationType="DryRun")["StatusCode"] == 204
    assert lam.invoke(FunctionName=call.name, InvocationType="Event", Payload=b"{}")["StatusCode"] == 202


def test_client_context_reaches_the_handler(function, client):
    import base64

    call = function("def handler(e, c): return c.client_context.custom")
    context = base64.b64encode(json.dumps({"custom": {"a": "b"}}).encode()).decode()
    response = client("lambda").invoke(FunctionName=call.name, ClientContext=context)
    assert json.load(response["Payload"]) == {"a": "b"}


def test_a_retired_runtime_is_refused_in_awss_words(client):
    with pytest.raises(ClientError, match=r"The runtime parameter of nodejs6.10 is no longer supported for creating"):
        client("lambda").create_function(
            FunctionName="old",
            Runtime="nodejs6.10",
            Handler="index.handler",
            Role=ROLE,
            Code={"ZipFile": zipped({"index.js": ""})},
        )
