"""What the pytest that runs LocalStack's tests loads first (`-p`): it selects, and it reports.

It is imported in the environment of `.lab/recorded`, without the rest of this repository but `known`.
"""

import json
import os
import re
import socket
from pathlib import Path

import known
import localstack.constants
import pytest

PORT = int(os.environ["RECORDED_PORT"])
RESULTS = Path(os.environ["RECORDED_RESULTS"])
# Names of this machine that a resolver here may not know: LocalStack's DNS answers 127.0.0.1 for all of them.
OURS = re.compile(r"(.*\.)?(localhost|127\.0\.0\.1|localhost\.localstack\.cloud)")

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # as in gw0; with -n only

if WORKER:  # each in an account of its own, so that none sees what another has made
    account = f"1{WORKER.removeprefix('gw'):0>11}"
    os.environ |= {"TEST_AWS_ACCOUNT_ID": account, "TEST_AWS_ACCESS_KEY_ID": account}

localstack.constants.DEFAULT_PORT_EDGE = PORT  # `tests/aws/conftest.py` sets it again

_resolve = socket.getaddrinfo


def _getaddrinfo(host, *arguments, **options):
    name = host.decode() if isinstance(host, bytes) else host
    return _resolve("127.0.0.1" if name and OURS.fullmatch(name) else host, *arguments, **options)


socket.getaddrinfo = _getaddrinfo


def pytest_collection_modifyitems(config, items):
    """Keep what AWS has passed; skip, with the reason, what does not apply here."""
    validated = [item for item in items if item.get_closest_marker("aws_validated")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(validated)])
    items[:] = validated
    for item in items:
        if reason := known.inapplicable(item.nodeid):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report):
    """Write a line for each phase that says something: skipped, failed, or the call that passed."""
    if WORKER or (report.passed and report.when != "call"):  # a worker's reports come to us, too
        return
    line = {"id": report.nodeid, "outcome": report.outcome, "when": report.when, "seconds": round(report.duration, 1)}
    if not report.passed:
        line["reason"] = reason_of(report)
        if hasattr(report, "wasxfail"):
            line |= {"outcome": "skipped", "reason": f"expected to fail: {report.wasxfail or line['reason']}"}
    with RESULTS.open("a") as results:
        results.write(json.dumps(line) + "\n")


def reason_of(report) -> str:
    """Why, in one line."""
    if isinstance(report.longrepr, tuple):  # of a skip: file, line, reason
        return one_line(report.longrepr[2].removeprefix("Skipped: "))
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else report.longreprtext
    if ">> match key" in text:  # of a snapshot: where it differs, and how
        text = text[text.index(">> match key") :]
        text = text.split("\n\n\tIgnore list")[0]
    return one_line(re.sub(r"\x1b\[[0-9;]*m", "", text))


def one_line(text: str) -> str:
    """The text without line ends, cut."""
    return " ".join(text.split())[:600]
