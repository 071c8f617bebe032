"""The live timeline against real environments: six requests, five environments, the third reused."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from kit import eventually

from helpers.widgets import LiveTimeline, timeline

# Each request waits at a gate until the test opens it, so what overlaps is no matter of time.
AT_A_GATE = """
import urllib.request
def handler(event, context):
    urllib.request.urlopen(event["gate"]).read()
"""


class Gates:
    """A server at whose addresses 0, 1, 2… requests wait: `arrived[n]` and `opened[n]` are events."""

    def __init__(self, count: int):
        self.arrived = [threading.Event() for _ in range(count)]
        self.opened = [threading.Event() for _ in range(count)]
        gates = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                number = int(self.path[1:])
                gates.arrived[number].set()
                gates.opened[number].wait(60)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass  # nothing on the test's output

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{number}"

    def close(self):
        for gate in self.opened:
            gate.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def gates():
    made = Gates(6)
    yield made
    made.close()


@pytest.fixture
def lab(client):
    return SimpleNamespace(client=client, backend="embedded")


def test_six_requests_five_environments_the_third_reused(function, lab, gates):
    call = function(AT_A_GATE, Timeout=60)
    live = LiveTimeline(lab, call.name, since=0)
    assert live._view  # shown
    live.start()
    with ThreadPoolExecutor(6) as callers:

        def request(number):
            answer = callers.submit(call, {"gate": gates.url(number)})
            assert gates.arrived[number].wait(30)
            return answer

        answers = [request(number) for number in range(5)]
        gates.opened[2].set()
        answers[2].result()
        # The third is drawn while the others still run.
        assert eventually(lambda: len(live.timeline.invocations) == 1, 10)
        assert live.watching and "1 invocation in 1 execution environment" in live._status.value
        answers.append(request(5))
        for gate in gates.opened:
            gate.set()
        assert [answer.result().error for answer in answers] == [None] * 6
    found = live.stop(reports=6)
    warm, cold = "  warm, ran MS ms, succeeded", "  INIT MS ms, ran MS ms, succeeded"
    assert re.sub(r"\d+\.\d\d ms", "MS ms", found.text()).splitlines() == [
        *(f"{call.name} · environment 1", cold),
        *(f"{call.name} · environment 2", cold),
        *(f"{call.name} · environment 3", cold, warm),
        *(f"{call.name} · environment 4", cold),
        *(f"{call.name} · environment 5", cold),
    ]
    assert found.summary == "6 invocations in 5 execution environments, 5 cold starts"
    assert found == timeline(lab, call.name, reports=6)
    assert live._picture.value == found.svg()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("timeline of")]


def test_a_function_that_fails_is_drawn_as_failed(function, lab):
    call = function("def handler(e, c): raise ValueError('out of paper')")
    live = LiveTimeline(lab, call.name, since=0)
    call()
    call()
    assert [one.failed for one in live.stop(reports=2).invocations] == [True, True]
