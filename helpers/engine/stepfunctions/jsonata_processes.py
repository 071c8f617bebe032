"""Processes that evaluate JSONata (`jsonata_program`): each takes one expression at a time, and waits for the next.

One is started when there is no other that is free, which takes 0.2 s; `MOST_IDLE` are kept, of 25 MB each.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

from helpers.state.home import ROOT

MOST_IDLE = 2
COMMAND = (sys.executable, "-E", "-s", "-m", f"{__package__}.jsonata_program")

_idle: list[subprocess.Popen[str]] = []


def ask(line: str) -> str:
    """The answer to a line; "" if the process has ended instead: the system has ended it."""
    process = _free()
    assert process.stdin and process.stdout
    answer = ""
    try:
        with suppress(OSError):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            answer = process.stdout.readline()
    finally:
        if answer and len(_idle) < MOST_IDLE:
            _idle.append(process)
        else:
            process.kill()
            process.communicate()
    return answer


def _free() -> subprocess.Popen[str]:
    while True:
        try:
            process = _idle.pop()
        except IndexError:
            pipe = subprocess.PIPE
            return subprocess.Popen(
                COMMAND, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT, env={}, encoding="utf-8"
            )
        if process.poll() is None:
            return process
