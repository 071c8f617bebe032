"""A trace from logs: which parts of a request there were, in which order, and how each ended."""

import json

import pytest
from fake_pages import Paginated

from helpers.widgets import trace
from helpers.widgets.trace import Segment, Trace

ROOT = "1-6929f1a2-0123456789abcdef01234567"


def report(request, time, ms, init=None, status="success"):
    metrics = {"durationMs": ms, **({"initDurationMs": init} if init else {})}
    tracing = {"value": f"Root={ROOT};Parent=a;Sampled=1"}
    record = {"requestId": request, "metrics": metrics, "status": status, "tracing": tracing}
    return json.dumps({"time": time, "type": "platform.report", "record": record})


def stream(function):
    return f"2026/11/29/{function}[$LATEST]0123"


API = json.dumps({"trace": f"Root={ROOT}", "time": 1_764_400_000_000, "latency": 120, "path": "/orders", "status": 502})
EVENTS = {
    "/api": [("x", API)],
    "/shop": [
        (stream("payments"), report("p", "2025-11-29T07:06:40.110Z", 40.0, init=20.0)),
        (stream("orders"), report("o", "2025-11-29T07:06:40.115Z", 100.0)),
        (stream("orders"), json.dumps({"type": "platform.start", "record": {"tracing": ROOT}})),
        (stream("payments"), json.dumps({"level": "ERROR", "requestId": "p", "errorType": "ValueError"})),
    ],
}


class Logs(Paginated):
    """CloudWatch Logs; the two patterns that a trace is made with match as on AWS."""

    def paginate(self, logGroupName, filterPattern):  # noqa: N803 (AWS's spelling)
        words = filterPattern.split('"')
        wanted = [words[1]] if filterPattern.startswith('"') else ['"errorType"', f'"requestId": "{words[1]}"']
        found = [one for one in EVENTS[logGroupName] if all(word in one[1] for word in wanted)]
        yield {"events": [{"logStreamName": name, "message": text} for name, text in found]}


def test_a_trace_has_the_api_and_each_function_in_the_order_of_their_beginning():
    found = trace(Logs(), ROOT, "/api", "/shop", segments=3)
    assert found.text().splitlines() == [
        "API Gateway /orders: 120.00 ms, failed",
        "  orders: 100.00 ms",
        "    payments: 40.00 ms, failed",
    ]
    assert found.segments[2].init_ms == 20


def test_what_has_not_come_is_waited_for_but_not_for_ever():
    times, slept = iter(range(0, 100, 4)), []
    found = trace(Logs(), ROOT, "/api", segments=3, seconds=10, sleep=slept.append, clock=lambda: next(times))
    assert len(found.segments) == 1 and len(slept) == 2


@pytest.mark.parametrize("failed", [True, False])
def test_a_bar_is_to_scale_and_red_if_it_failed(failed):
    drawn = Trace(ROOT, [Segment("api", 1, 100), Segment("f", 1.05, 50, failed, init_ms=10)]).svg()
    assert f'x="{250 + 220:.1f}"' in drawn and 'width="220.0"' in drawn and 'width="44.0"' in drawn
    assert ("--jp-error-color1" in drawn) is failed
    assert "<title>The way of a request: api: 100.00 ms" in drawn


def test_nothing_in_the_logs_is_said():
    assert trace(Logs(), "1-other", "/api", segments=0)._repr_html_() == "<p>nothing of 1-other in these logs</p>"
