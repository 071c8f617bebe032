"""CloudWatch Logs Insights through its API. The language itself: tests/unit/engine/logs/test_insights.py.

Source: API Reference, "StartQuery", "GetQueryResults", "StopQuery", "DescribeQueries" (2026-11).
"""

import time
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually

HOUR = 3600


@pytest.fixture
def query(client):
    """`query(group, text)` starts a query over the last hour and returns its id."""

    def start(group, text, **more):
        now = int(time.time())
        window = {"startTime": now - HOUR, "endTime": now + HOUR}
        names = {"logGroupNames": [group]} if isinstance(group, str) else group
        return client("logs").start_query(**names, queryString=text, **window | more)["queryId"]

    return start


def rows(answer):
    return [{one["field"]: one["value"] for one in row if one["field"] != "@ptr"} for row in answer["results"]]


def test_a_functions_reports_can_be_queried(client, function, query):
    logs = client("logs")
    call = function("def handler(event, context):\n    print({'level': 'ERROR'} if event else 'fine')")
    for event in (1, 0):
        call(event)
    group = f"/aws/lambda/{call.name}"
    reports = "filter @type = 'REPORT' | stats count(*) as n, max(@memorySize) as memory by @logStream"

    def answered():
        try:
            answer = logs.get_query_results(queryId=query(group, reports))
        except ClientError:  # no group yet
            return None
        return answer if rows(answer) and rows(answer)[0]["n"] == "2" else None

    answer = eventually(answered, 20)
    assert rows(answer)[0]["memory"] == "128000000" and answer["status"] == "Complete"
    statistics = answer["statistics"]
    assert statistics["recordsMatched"] == 2 and statistics["recordsScanned"] >= 6 and statistics["bytesScanned"] > 100
    (first,) = rows(logs.get_query_results(queryId=query(group, "filter @message like /level/ | fields @message")))
    assert "ERROR" in first["@message"]
    described = logs.describe_queries(logGroupName=group)["queries"]
    assert described[0]["status"] == "Complete" and described[0]["logGroupName"] == group


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("fields @timestamp | bogus", {}, "MalformedQueryException"),
        ("pattern @message", {}, "NotImplemented"),
        ("fields @message | limit 10001", {}, "NotImplemented"),
        ("fields @message", {"startTime": 20, "endTime": 10}, "InvalidParameterException"),
        ("fields @message", {"queryLanguage": "SQL"}, "NotImplemented"),
        ("fields @message", {"logGroupName": "another"}, "InvalidParameterException"),
    ],
)
def test_what_is_no_query_is_refused(client, query, text, more, code):
    name = f"/test/{uuid.uuid4().hex}"
    client("logs").create_log_group(logGroupName=name)
    with pytest.raises(ClientError) as error:
        query(name, text, **more)
    assert error.value.response["Error"]["Code"] == code
    client("logs").delete_log_group(logGroupName=name)


def test_a_query_of_nothing_is_not_found(client, query):
    logs = client("logs")
    for call in (
        lambda: query("/test/nothing", "fields @message"),
        lambda: logs.get_query_results(queryId=str(uuid.uuid4())),
        lambda: logs.stop_query(queryId=str(uuid.uuid4())),
    ):
        with pytest.raises(logs.exceptions.ResourceNotFoundException):
            call()


def test_a_record_is_found_by_its_pointer_and_fields_are_counted(client):
    # CloudWatch Logs API Reference, "GetLogRecord", "GetLogGroupFields" (2026-11).
    logs, name, now = client("logs"), f"/test/{uuid.uuid4().hex}", int(time.time() * 1000)
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    events = [{"timestamp": now, "message": text} for text in ('{"a": {"b": 1}}', "text")]
    logs.put_log_events(logGroupName=name, logStreamName="one", logEvents=events)
    text = "filter a.b = 1 | fields @message"
    query = logs.start_query(logGroupName=name, startTime=now // 1000 - 9, endTime=now // 1000 + 9, queryString=text)
    (row,) = logs.get_query_results(queryId=query["queryId"])["results"]
    pointer = next(cell["value"] for cell in row if cell["field"] == "@ptr")
    record = logs.get_log_record(logRecordPointer=pointer)["logRecord"]
    assert (record["a.b"], record["@logStream"], record["@timestamp"]) == ("1", "one", str(now))
    fields = {one["name"]: one["percent"] for one in logs.get_log_group_fields(logGroupName=name)["logGroupFields"]}
    assert (fields["@message"], fields["a.b"]) == (100, 50)
    logs.delete_log_group(logGroupName=name)
