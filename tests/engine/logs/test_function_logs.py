"""What functions write to their logs, and what Lambda writes about them: format, levels, groups, events."""

import json
import time
import uuid

import pytest
from authorization_kit import allow
from botocore.exceptions import ClientError
from kit import eventually

pytestmark = pytest.mark.everywhere

ALL = {"LogFormat": "JSON", "ApplicationLogLevel": "TRACE", "SystemLogLevel": "DEBUG"}


def read(client, group, until="REPORT", times=1):
    """The messages of a group, in order, once so many of them have `until` in them."""
    logs = client("logs")

    def messages():
        try:
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
            found = [event["message"] for page in pages for event in page["events"]]
        except logs.exceptions.ResourceNotFoundException:
            return None
        return found if sum(until in message for message in found) >= times else None

    return eventually(messages)


def parsed(messages):
    """Those that are JSON objects."""
    return [json.loads(message) for message in messages if message.startswith("{")]


PYTHON = """
import logging, sys
log = logging.getLogger('shop')
def handler(event, context):
    log.debug('a debug line'); log.info('several\\nlines'); log.warning('%s left', 3, extra={'order': 7})
    try: 1 / 0
    except Exception: log.exception('oops')
    print('printed')
    print('{"level": "debug", "timestamp": "2026-11-02T16:51:31Z", "is": "hidden at INFO"}')
    if event: raise ValueError('first\\nsecond')
    return context.log_group_name
"""
NODE = """
exports.handler = async (event) => {
    console.debug('a debug line'); console.info('several\\nlines', { a: 1 }); console.warn({ order: 7 });
    console.error('oops', new RangeError('far')); console.error(new TypeError('odd'));
    process.stdout.write('printed\\n');
    if (event) throw new Error('first\\nsecond');
    return process.env.AWS_LAMBDA_LOG_GROUP_NAME;
}
"""


def test_python_writes_the_fields_of_aws_as_json(function, client):
    """awslambdaric 4.2 writes them itself; AWS Developer Guide, "Working with Lambda function logs in Python"."""
    call = function(PYTHON, "python3.13", LoggingConfig=ALL)
    request = client("lambda").invoke(FunctionName=call.name)["ResponseMetadata"]["RequestId"]
    messages = read(client, f"/aws/lambda/{call.name}", "platform.report")
    own = [said for said in parsed(messages) if "level" in said and "message" in said]
    for said in own:
        assert said.pop("timestamp").endswith("Z") and said.pop("requestId") == request
    assert own[:3] == [
        {"level": "DEBUG", "message": "a debug line", "logger": "shop"},
        {"level": "INFO", "message": "several\nlines", "logger": "shop"},
        {"level": "WARNING", "message": "3 left", "logger": "shop", "order": 7},
    ]
    error = own[3]
    assert (error["errorType"], error["errorMessage"]) == ("ZeroDivisionError", "division by zero")
    assert error["location"].startswith("/") and "1 / 0" in "".join(error["stackTrace"])
    assert "printed\n" in messages


def test_nodejs_writes_the_fields_of_aws_as_json(function, client):
    """aws-lambda-nodejs-runtime-interface-client 3.3, src/LogPatch.js."""
    call = function(NODE, "nodejs22.x", LoggingConfig=ALL)
    call()
    messages = read(client, f"/aws/lambda/{call.name}", "platform.report")
    own = [said for said in parsed(messages) if "level" in said]
    assert [list(said)[:3] for said in own] == [["timestamp", "level", "requestId"]] * 5
    assert [said["level"] for said in own] == ["DEBUG", "INFO", "WARN", "ERROR", "ERROR"]
    assert [said["message"] for said in own[:3]] == ["a debug line", "several\nlines { a: 1 }", {"order": 7}]
    assert own[3]["message"].startswith("oops RangeError: far")
    assert (own[3]["errorType"], own[3]["errorMessage"]) == ("RangeError", "far")
    assert own[4]["message"]["errorType"] == "TypeError" and own[4]["message"]["stackTrace"][0] == "TypeError: odd"
    assert "printed\n" in messages


def test_the_log_of_a_traced_invocation_says_its_trace(function, client):
    """AWS Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray" and "Python … logs"."""
    source = "import os\ndef handler(e, c):\n    return os.environ['_X_AMZN_TRACE_ID']\n"
    call = function(source, TracingConfig={"Mode": "Active"})
    result = call()
    root, parent, sampled = (part.partition("=")[2] for part in result.payload.split(";")[:3])
    assert sampled == "1"
    report = read(client, f"/aws/lambda/{call.name}")[-1]
    assert report.endswith(f"\t\nXRAY TraceId: {root}\tSegmentId: {parent}\tSampled: true\t\n")


@pytest.mark.parametrize(("runtime", "source"), [("python3.13", PYTHON), ("nodejs22.x", NODE)])
def test_levels_hide_what_is_below_them(function, client, runtime, source):
    """AWS Lambda Developer Guide, "Log-level filtering"; each of these took effect at the next invocation."""
    call = function(source, runtime, LoggingConfig={"LogFormat": "JSON"})

    def levels(**logging):
        if logging:
            client("lambda").update_function_configuration(FunctionName=call.name, LoggingConfig=logging)
            client("lambda").get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 1})
        log = call().log
        said = parsed(log.splitlines())
        own = sorted({one["level"].replace("WARNING", "WARN") for one in said if "level" in one and "is" not in one})
        return own, [one["type"] for one in said if "type" in one], "printed" in log, "hidden" in log

    hidden_at_trace = runtime.startswith("python")
    both = ["platform.start", "platform.report"]
    assert levels() == (["ERROR", "INFO", "WARN"], both, True, False)
    more = {"ApplicationLogLevel": "WARN", "SystemLogLevel": "WARN"}
    assert levels(**more) == (["ERROR", "WARN"], [], False, False)
    everything = levels(ApplicationLogLevel="TRACE", SystemLogLevel="DEBUG")
    assert everything[0] == ["DEBUG", "ERROR", "INFO", "WARN"] and everything[2:] == (True, hidden_at_trace)
    assert everything[1][-3:] == ["platform.start", "platform.runtimeDone", "platform.report"]


@pytest.mark.parametrize(("runtime", "source"), [("python3.13", PYTHON), ("nodejs22.x", NODE)])
def test_a_message_of_several_lines_is_one_event_and_so_is_an_error(function, client, runtime, source):
    """LocalStack's snapshot test_lambda_event_retries, recorded on AWS, for the error; AWS's clients for the frames."""
    call = function(source, runtime)
    call("fail")
    messages = read(client, f"/aws/lambda/{call.name}")
    assert messages[0].startswith("INIT_START Runtime Version: ")
    shown = any("several\nlines" in message for message in messages)
    assert shown == runtime.startswith("nodejs")  # in Python a logger shows INFO when it is told to
    (error,) = [message for message in messages if "first" in message]
    if runtime.startswith("python"):
        assert error.startswith("[ERROR] ValueError: first\nsecond\nTraceback (most recent call last):\n")
        assert error.endswith("raise ValueError('first\\nsecond')")
    else:
        assert "\tERROR\tInvoke Error \t{" in error and "first\\nsecond" in error


# (what is written, the events). AWS: LocalStack's snapshot test_multi_line_prints (April 2025) for blank lines, `\r`
# and the line ends; the others follow from the bytes being text in UTF-8, a line each.
LINES = [
    ("print('\\nmulti\\nline\\n\\nanother\\rline\\n')", ["multi\n", "line\n", "another\rline\n"]),
    ("sys.stdout.write('no end')", ["no end"]),
    ("sys.stdout.write('be'); log.warning('x'); print('gun')", ["[WARNING]", "begun\n"]),
    ("print('Grüße, 日本 🎉')", ["Grüße, 日本 🎉\n"]),
    ("os.write(1, b'\\xff\\xfe\\n')", ["\ufffd\ufffd\n"]),
    ("os.write(2, b'an error\\n'); print('then this')", ["an error\n", "then this\n"]),
    ("os.write(1, b'\\xa5\\x5a\\x00\\x03 is no frame, only the bytes of one\\n')", ["\ufffdZ\0\x03 is no frame"]),
    ("subprocess.run(['sh', '-c', 'echo from a child'])", ["from a child\n"]),
]


def test_lines_become_events(function, client):
    source = (
        "import logging, os, subprocess, sys\nlog = logging.getLogger()\ndef handler(event, context): exec(event)\n"
    )
    call = function(source)
    for statement, _ in LINES:
        call(statement)
    group = f"/aws/lambda/{call.name}"
    found, current = [], []
    for message in read(client, group, times=len(LINES)):
        if message.startswith("START "):
            current = []
        elif message.startswith("END "):
            found.append(current[:])
        else:
            current.append(message)
    for (statement, expected), events in zip(LINES, found, strict=True):
        assert len(events) == len(expected), statement
        assert all(event.startswith(begin) for event, begin in zip(events, expected, strict=True)), (statement, events)


def test_a_line_has_the_time_at_which_it_was_written(function, client):
    source = "import time\ndef handler(e, c):\n    print('one')\n    time.sleep(0.4)\n    print('two')\n"
    call = function(source)
    call()
    group = f"/aws/lambda/{call.name}"
    read(client, group)
    events = client("logs").filter_log_events(logGroupName=group)["events"]
    when = {event["message"].split()[0]: event["timestamp"] for event in events}
    assert when["INIT_START"] <= when["START"] <= when["one"] <= when["two"] - 200  # 400 on a machine at rest
    assert when["two"] <= when["END"] == when["REPORT"]


def test_functions_share_a_group_of_their_own(function, client):
    """AWS Lambda Developer Guide, "Configuring CloudWatch log groups"; the stream's name as in AWS's log of 2026."""
    group = f"/shop/{uuid.uuid4().hex}"
    source = """
import os
def handler(event, context):
    print(event)
    names = 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'
    return [context.log_group_name, context.log_stream_name, *map(os.environ.get, names)]
"""
    calls = [function(source, LoggingConfig={"LogGroup": group}) for _ in range(2)]
    answers = [call(f"hello {number}").payload for number, call in enumerate(calls)]
    read(client, group, "hello 0"), read(client, group, "hello 1")
    logs = client("logs")
    streams = {stream["logStreamName"] for stream in logs.describe_log_streams(logGroupName=group)["logStreams"]}
    today = time.strftime("%Y/%m/%d", time.gmtime())
    for call, answer in zip(calls, answers, strict=True):
        assert answer[0] == answer[2] == group and answer[1] == answer[3] in streams
        assert answer[1].startswith(f"{today}/{call.name}[$LATEST]")
        assert not logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{call.name}")["logGroups"]


def test_a_deleted_group_comes_back_with_the_next_invocation(function, client):
    call = function("def handler(e, c): print(e)")
    group = f"/aws/lambda/{call.name}"
    call("one")
    read(client, group, "one")
    client("logs").put_retention_policy(logGroupName=group, retentionInDays=7)
    client("logs").delete_log_group(logGroupName=group)
    call("two")
    assert not any("one" in message for message in read(client, group, "two"))
    (described,) = client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    assert "retentionInDays" not in described


def test_a_resource_policy_of_cloudwatch_logs_leaves_functions_their_logs(function, client):
    logs, name = client("logs"), uuid.uuid4().hex
    statement = {"Effect": "Allow", "Principal": {"Service": "es.amazonaws.com"}, "Action": "logs:*", "Resource": "*"}
    logs.put_resource_policy(
        policyName=name, policyDocument=json.dumps({"Version": "2012-10-17", "Statement": statement})
    )
    try:
        call = function("def handler(e, c): print('still here')")
        call()
        assert read(client, f"/aws/lambda/{call.name}", "still here")
    finally:
        logs.delete_resource_policy(policyName=name)


def test_long_logs_are_kept(function, client):
    """CloudWatch takes events of 1 MB since April 2025, 10,000 or 1 MB in one call."""
    source = """
def handler(event, context):
    print('A' * 300_000)
    print('Ü' * 700_000)
    for number in range(12_000): print(number, 'x' * 200)
"""
    call = function(source, MemorySize=512, Timeout=60)
    assert len(call().log.encode()) <= 4096
    messages = read(client, f"/aws/lambda/{call.name}")
    assert "A" * 300_000 + "\n" in messages
    longest = [message for message in messages if message.startswith("Ü")]
    assert (
        "".join(longest) == "Ü" * 700_000 + "\n"
        and [len(part.encode()) <= 1024 * 1024 for part in longest] == [True] * 2
    )
    assert [int(message.split()[0]) for message in messages if message.endswith("x\n")] == list(range(12_000))


ENUM = (
    "1 validation error detected: Value '{}' at 'loggingConfig.{}' failed to satisfy constraint: Member must satisfy "
)
LEVELS = (
    'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the '
    'LogFormat to "Json" and try again.'
)


# The sentence about levels: aws/aws-cdk#28045 (2023-11). The others: the API's model, in the words that all of AWS has.
@pytest.mark.parametrize(
    ("logging", "code", "message"),
    [
        ({"ApplicationLogLevel": "INFO"}, "InvalidParameterValueException", LEVELS),
        ({"LogFormat": "Text", "SystemLogLevel": "WARN"}, "InvalidParameterValueException", LEVELS),
        (
            {"LogFormat": "json"},
            "ValidationException",
            ENUM.format("json", "logFormat") + "enum value set: [JSON, Text]",
        ),
        (
            {"LogFormat": "JSON", "SystemLogLevel": "ERROR"},
            "ValidationException",
            ENUM.format("ERROR", "systemLogLevel") + "enum value set: [DEBUG, INFO, WARN]",
        ),
        (
            {"LogGroup": "with space"},
            "ValidationException",
            ENUM.format("with space", "logGroup") + r"regular expression pattern: [\.\-_/#A-Za-z0-9]+",
        ),
    ],
)
def test_settings_that_aws_refuses(function, client, logging, code, message):
    with pytest.raises(ClientError) as creating:
        function("", LoggingConfig=logging)
    name = function("").name
    with pytest.raises(ClientError) as updating:
        client("lambda").update_function_configuration(FunctionName=name, LoggingConfig=logging)
    for refused in (creating, updating):
        error = refused.value.response["Error"]
        assert (error["Code"], error["Message"]) == (code, message)


def test_levels_may_be_changed_alone_where_the_format_is_json(function, client):
    """LocalStack's snapshots TestLoggingConfig, recorded on AWS in April 2024."""
    call = function("", LoggingConfig={"LogFormat": "JSON"})
    changed = client("lambda").update_function_configuration(
        FunctionName=call.name, LoggingConfig={"SystemLogLevel": "WARN"}
    )
    group = f"/aws/lambda/{call.name}"
    expected = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "WARN", "LogGroup": group}
    assert changed["LoggingConfig"] == expected


def test_a_role_that_may_not_write_to_the_group_loses_the_logs(function, client, actors):
    group = f"/shop/{uuid.uuid4().hex}"
    role = actors.execution_role(allow("logs:*", "arn:aws:logs:*:*:log-group:/aws/lambda/*"))
    call = function("def handler(e, c): return 'ran'", LoggingConfig={"LogGroup": group})
    client("lambda").update_function_configuration(FunctionName=call.name, Role=role.arn)
    client("lambda").get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 1})
    assert call().payload == "ran"
    other = function("def handler(e, c): print('written')", LoggingConfig={"LogGroup": f"{group}-2"})
    other()  # its log is written after the first one's, by the same thread
    assert read(client, f"{group}-2", "written")
    found = client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    assert [one["logGroupName"] for one in found] == [f"{group}-2"]


def test_a_role_may_write_to_a_group_that_is_there_without_the_right_to_make_one(function, client, actors):
    # AWSLambdaBasicExecutionRole has CreateLogGroup; who makes groups beforehand leaves it out.
    group = f"/shop/{uuid.uuid4().hex}"
    client("logs").create_log_group(logGroupName=group)
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    role = actors.execution_role(allow(actions, f"arn:aws:logs:*:*:log-group:{group}:*"))
    call = function("def handler(e, c): print('written')", LoggingConfig={"LogGroup": group})
    client("lambda").update_function_configuration(FunctionName=call.name, Role=role.arn)
    client("lambda").get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 1})
    call()
    assert read(client, group, "written")


def test_a_role_that_loses_the_right_to_write_loses_the_lines_that_follow(function, client, actors):
    role = actors.execution_role(allow("logs:*", "*"))
    call = function("def handler(e, c): print(e)")
    client("lambda").update_function_configuration(FunctionName=call.name, Role=role.arn)
    client("lambda").get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 1})
    call("before")
    assert read(client, f"/aws/lambda/{call.name}", "before")
    role.put(allow(["logs:CreateLogStream", "logs:CreateLogGroup"]))
    call("while it may not")
    other = function("def handler(e, c): print('written')")
    other()  # its log is written after the first one's, by the same thread
    assert read(client, f"/aws/lambda/{other.name}", "written")
    role.put(allow("logs:*"))
    call("after")
    found = read(client, f"/aws/lambda/{call.name}", "after")
    assert not any("while it may not" in message for message in found)
