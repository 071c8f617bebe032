"""A test invocation, of a function whose log has a REPORT and of one whose levels leave it out."""

import base64
import io
from types import SimpleNamespace

import pytest

from helpers.widgets.console.test_tab import TestTab as Tab
from helpers.widgets.shared import test_run as runs

TEXT = "REPORT RequestId: 1\tDuration: 1.03 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n"
JSON = (
    '{"time":"1","type":"platform.report","record":{"requestId":"1","metrics":{"durationMs":1.03,"billedDurationMs":2,'
    '"memorySizeMB":128,"maxMemoryUsedMB":36},"status":"success"}}\n'
)


def calls(log):
    return lambda *_, **__: {
        "StatusCode": 200,
        "Payload": io.BytesIO(b'"done"'),
        "LogResult": base64.b64encode(log.encode()).decode(),
    }


@pytest.mark.parametrize(
    ("log", "duration"), [(TEXT, 1.03), (JSON, 1.03), ("printed\n", None)], ids=["text", "JSON", "no report"]
)
def test_a_result_has_the_figures_that_its_log_has(log, duration):
    result = runs.run(calls(log), "f", {})
    assert (result.payload, result.log) == ("done", log)
    assert (result.report and result.report.duration_ms) == duration
    shown = Tab.result_html(SimpleNamespace(result=result))
    assert ("Billed duration" in shown) == (duration is not None) and "Log output" in shown
