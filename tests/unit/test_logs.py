"""Log tails, log groups, REPORT lines."""

import base64
from types import SimpleNamespace

import boto3
import pytest
from botocore.stub import Stubber

from helpers import logs
from helpers.errors import LogError
from helpers.logs import Report

WARM = (
    "REPORT RequestId: 3b1f\tDuration: 1.03 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n"
)
COLD = WARM.replace("\t\n", "\tInit Duration: 103.73 ms\t\n")


JSON_START = '{"time":"2026-10-08T07:30:28.235Z","type":"platform.start","record":{"requestId":"3b1f","version":"1"}}'
JSON_REPORT = (
    '{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"3b1f","metrics":{"durationMs":1.03'
    ',"billedDurationMs":2,"memorySizeMB":128,"maxMemoryUsedMB":36},"status":"success"}}'
)
JSON_COLD = JSON_REPORT.replace('":36}', '":36,"initDurationMs":103.73}')


def test_a_tail_is_decoded():
    assert logs.tail({"LogResult": base64.b64encode("START é\n".encode()).decode()}) == "START é\n"


def test_a_tail_cut_within_a_character_is_still_read():
    cut = base64.b64encode("é".encode()[1:] + b"END").decode()
    assert logs.tail({"LogResult": cut}).endswith("END")


def test_a_response_without_a_log_says_how_to_get_one():
    with pytest.raises(LogError, match="LogType='Tail'"):
        logs.tail({"StatusCode": 202})


def test_a_report_of_a_warm_start():
    assert Report.parse(WARM) == Report("3b1f", 1.03, 2, 128, 36)


def test_a_report_of_a_cold_start_has_the_init_duration():
    assert Report.parse(COLD).init_ms == 103.73


def test_a_report_of_a_timeout_has_its_status():
    assert Report.parse(WARM.replace("\t\n", "\tStatus: timeout\n")).status == "timeout"


def test_a_report_of_a_crash_has_its_error_type():
    report = Report.parse(WARM.replace("\t\n", "\tStatus: error\tError Type: Runtime.ExitError\t\n"))
    assert (report.status, report.error_type) == ("error", "Runtime.ExitError")


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (JSON_REPORT, Report("3b1f", 1.03, 2, 128, 36)),
        (JSON_COLD, Report("3b1f", 1.03, 2, 128, 36, 103.73)),
        (JSON_REPORT.replace("success", "timeout"), Report("3b1f", 1.03, 2, 128, 36, status="timeout")),
        (
            JSON_REPORT.replace('"success"', '"error","errorType":"Runtime.ExitError"'),
            Report("3b1f", 1.03, 2, 128, 36, status="error", error_type="Runtime.ExitError"),
        ),
        (WARM + JSON_COLD, Report("3b1f", 1.03, 2, 128, 36, 103.73)),
    ],
)
def test_a_report_in_json_says_the_same(text, report):
    assert Report.parse(JSON_START + "\n" + text + "\n") == report


@pytest.mark.parametrize("text", ['{"type":"platform.report"}', "{", '{"time":1,"type":"platform.report","record":5}'])
def test_other_json_is_no_report(text):
    with pytest.raises(LogError, match="no REPORT line"):
        Report.parse(text)


def test_a_report_in_json_without_a_member_names_it():
    with pytest.raises(LogError, match="no billedDurationMs"):
        Report.parse(JSON_REPORT.replace("billedDurationMs", "billed"))


def test_the_last_report_of_several_is_taken():
    assert Report.parse("START\n" + WARM + "END\n" + WARM.replace("3b1f", "9999")).request_id == "9999"


def test_a_report_inside_a_line_of_the_function_is_not_one():
    with pytest.raises(LogError):
        Report.parse("my " + WARM)


def test_a_log_without_a_report_is_one_sentence():
    with pytest.raises(LogError, match="no REPORT line"):
        Report.parse("START\nEND\n")


def test_a_report_without_a_field_names_the_field():
    with pytest.raises(LogError, match="no Memory Size"):
        Report.parse(WARM.replace("Memory Size: 128 MB\t", ""))


def test_the_repr_reads_well():
    assert repr(Report.parse(WARM)) == "<Report 1.03 ms, billed 2 ms, 36 of 128 MB, warm start>"
    assert repr(Report.parse(COLD)).endswith("cold start, init 103.73 ms>")
    assert "timeout" in repr(Report("x", 1, 1, 1, 1, status="timeout"))


class NotFoundError(Exception):
    """What GetFunctionConfiguration raises where no function is."""


def event(stream, message):
    return {"logStreamName": stream, "message": message, "timestamp": 1}


@pytest.fixture
def lab():
    client = boto3.client("logs", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    functions = SimpleNamespace(get_function_configuration=lambda FunctionName: {}, exceptions=SimpleNamespace())  # noqa: N803
    functions.exceptions.ResourceNotFoundException = NotFoundError
    clients = {"logs": client, "lambda": functions}
    with Stubber(client) as stub:
        yield SimpleNamespace(client=clients.get, stub=stub, functions=functions)
        stub.assert_no_pending_responses()


def answer(lab, *events):
    lab.stub.add_response("filter_log_events", {"events": list(events)}, {"logGroupName": "/aws/lambda/f"})


def test_fetch_waits_for_the_report(lab):
    answer(lab)
    answer(lab, event("a", "START RequestId: 1\n"))
    answer(lab, event("a", "START RequestId: 1\n"), event("a", WARM))
    naps = []
    assert logs.fetch(lab, "f", sleep=naps.append) == ["START RequestId: 1", WARM.rstrip("\n")]
    assert len(naps) == 2


def test_fetch_gives_what_there_is_when_the_time_is_over(lab):
    lab.stub.add_client_error("filter_log_events", "ResourceNotFoundException")
    answer(lab, event("a", "START\n"))
    clock = iter([0, 5, 11])
    assert logs.fetch(lab, "f", sleep=lambda s: None, clock=lambda: next(clock)) == ["START"]


def test_fetch_without_reports_to_wait_for_asks_once(lab):
    answer(lab)
    assert logs.fetch(lab, "f", reports=0) == []


def test_fetch_does_not_wait_for_the_log_of_a_function_that_is_not_there(lab):
    def missing(FunctionName):  # noqa: N803
        raise NotFoundError

    lab.functions.get_function_configuration = missing
    answer(lab)
    with pytest.raises(LogError, match="There is no function f, and no log of it: look at the name"):
        logs.fetch(lab, "f")
    answer(lab, event("a", WARM))  # deleted, and its log kept
    assert logs.fetch(lab, "f") == [WARM.rstrip("\n")]


def test_fetch_keeps_one_invocation_apart_from_others_beside_it(lab):
    def report(request):
        return WARM.replace("3b1f", request)

    answer(
        lab,
        event("a", "START RequestId: 1 Version: $LATEST\n"),
        event("b", "START RequestId: 2 Version: $LATEST\n"),
        event("a", "one\n"),
        event("b", "two\n"),
        event("b", report("2")),
        event("a", report("1")),
        event("b", "START RequestId: 3 Version: $LATEST\n"),
        event("b", report("3")),
    )
    assert logs.fetch(lab, "f", request_id="2") == [
        "START RequestId: 2 Version: $LATEST",
        "two",
        report("2").rstrip("\n"),
    ]


def test_fetch_finds_an_invocation_in_json(lab):
    answer(lab, event("a", JSON_START + "\n"), event("a", "one\n"), event("a", JSON_REPORT + "\n"), event("a", "two\n"))
    assert logs.fetch(lab, "f", request_id="3b1f") == [JSON_START, "one", JSON_REPORT]


@pytest.mark.parametrize(
    "line", ["INIT_START Runtime Version: python:3.13.v12", '{"time":"1","type":"platform.initStart","record":{}}']
)
def test_fetch_leaves_the_beginning_of_init_out_unless_it_is_asked_for(lab, line):
    answer(lab, event("a", line + "\n"), event("a", WARM))
    answer(lab, event("a", line + "\n"), event("a", WARM))
    assert logs.fetch(lab, "f") == [WARM.rstrip("\n")]
    assert logs.fetch(lab, "f", init_start=True) == [line, WARM.rstrip("\n")]


def test_fetch_reads_another_group(lab):
    lab.stub.add_response("filter_log_events", {"events": [event("a", WARM)]}, {"logGroupName": "/shop"})
    assert logs.fetch(lab, "f", group="/shop") == [WARM.rstrip("\n")]


def test_fetch_of_an_unknown_invocation_is_empty(lab):
    answer(lab, event("a", "START RequestId: 1\n"), event("a", WARM))
    assert logs.fetch(lab, "f", request_id="9", seconds=0) == []
