"""The lines and errors that Lambda writes itself."""

import json

from helpers.engine.execution import platform_logs as lines
from helpers.engine.execution.platform_logs import Usage

MB = 1024 * 1024


def test_report_bills_whole_milliseconds_with_init_on_a_cold_start():
    report = lines.report_line("id", Usage(1.26, 128, 22 * MB, init_ms=27.88))
    assert report == (
        "REPORT RequestId: id\tDuration: 1.26 ms\tBilled Duration: 30 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 22 MB\tInit Duration: 27.88 ms\t"
    )


def test_report_leaves_init_duration_out_on_a_warm_start():
    assert "Init Duration" not in lines.report_line("id", Usage(1.0, 128, MB))


def test_report_never_shows_more_memory_than_the_setting():
    assert "Max Memory Used: 128 MB" in lines.report_line("id", Usage(1.0, 128, 150 * MB))


def test_report_names_a_timeout_without_an_error_type_and_bills_up_to_the_timeout():
    failure = lines.timed_out("id", 3)
    report = lines.report_line("id", Usage(3000.4, 128, MB, timeout_ms=3000), failure)
    assert "Billed Duration: 3000 ms" in report
    assert report.endswith("\tStatus: timeout\t")


def test_report_names_an_error_with_its_type():
    report = lines.report_line("id", Usage(1, 128, MB), lines.exited("id", 1, False))
    assert report.endswith("\tStatus: error\tError Type: Runtime.ExitError\t")


def test_a_timeout_tells_the_caller_its_seconds_with_two_decimals():
    payload = json.loads(lines.timed_out("id", 3).payload)
    assert payload == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": "RequestId: id Error: Task timed out after 3.00 seconds",
    }


def test_an_exit_is_described_as_go_describes_it():
    def message(code, out_of_memory=False):
        return json.loads(lines.exited("id", code, out_of_memory).payload)["errorMessage"]

    assert message(3) == "RequestId: id Error: Runtime exited with error: exit status 3"
    assert message(-9, True) == "RequestId: id Error: Runtime exited with error: signal: killed"
    assert message(-11) == "RequestId: id Error: Runtime exited with error: signal: segmentation fault"
    assert message(0) == "RequestId: id Error: Runtime exited without providing a reason"


def test_memory_is_the_error_type_only_when_memory_was_the_reason():
    assert lines.exited("id", -9, True).error_type == "Runtime.OutOfMemory"
    assert lines.exited("id", -9, False).error_type == "Runtime.ExitError"


def test_init_report_has_an_error_type_only_for_errors():
    assert (
        lines.init_report_line(9.996, "init", "timeout")
        == "INIT_REPORT Init Duration: 10.00 ms\tPhase: init\tStatus: timeout"
    )
    assert lines.init_report_line(1, "invoke", "error", "X").endswith("Phase: invoke\tStatus: error\tError Type: X")
