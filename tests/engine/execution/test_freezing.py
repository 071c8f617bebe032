"""Environments between invocations: what runs there stands still, and what it holds is measured.

Developer Guide, "Understanding the Lambda execution environment lifecycle" (2026-11): Lambda freezes an environment
when the runtime and the extensions have no event to work on. After a brief invocation that takes some 10 ms here.
"""

import re
import time

SOURCE = """
import threading, time
ticks, kept = [], []

def tick():
    while True:
        ticks.append(1)
        time.sleep(0.005)

threading.Thread(target=tick, daemon=True).start()

def handler(event, context):
    kept.append(bytearray(b"x") * (event.get("mb", 0) * 1024 * 1024))
    if event.get("drop"):
        kept.clear()
    return len(ticks)
"""


def peak_mb(answer) -> int:
    return int(re.search(r"Max Memory Used: (\d+) MB", answer.report)[1])


def test_a_thread_stands_still_after_brief_invocations_in_a_row(function):
    one = function(SOURCE)
    for _ in range(5):
        before = one({}).payload
    time.sleep(1)
    assert one({}).payload - before < 40  # 200, if it went on


def test_report_has_the_memory_that_a_brief_invocation_has_taken_if_only_for_a_moment(function):
    one = function(SOURCE, MemorySize=512)
    before = [peak_mb(one({})) for _ in range(4)][-1]
    during = peak_mb(one({"mb": 100, "drop": True}))
    assert 95 <= during - before <= 110
    assert peak_mb(one({})) == during


CHILD = """
import subprocess, sys
work = "x = bytearray(b'x') * 100_000_000; input()"
subprocess.Popen([sys.executable, "-c", work], stdin=subprocess.PIPE)
"""


def test_what_invocations_leave_running_counts_too(function):
    one = function(CHILD + SOURCE, MemorySize=512, Timeout=20)
    deadline = time.monotonic() + 20
    while (found := peak_mb(one({}))) < 100 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found >= 100
