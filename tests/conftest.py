"""Tests side by side (`-n`): which of them stay on one worker, and what is said meanwhile.

Every ten seconds how far each folder of tests is, and at once what failed.
"""

import re
import sys
import time
from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

# jsonschema, which nbformat imports, would compile a grammar for IRIs: a second for each process, and nothing has one.
sys.modules["rfc3987_syntax"] = None

SECONDS = 10  # between two lines
# Files whose tests share what is costly to make: a worker takes such a file whole. The longest begin first.
# (xdist has the mark xdist_group for it, which xdist 3.8 does not see with pytest 9.2: a node's id is no string now.)
WHOLE = (
    "tests/labs/test_running.py",
    "tests/browser/test_labs.py",
    "tests/browser/test_foreign_pages.py",
    "tests/browser/test_site.py",
    "tests/classroom/test_room.py",
    "tests/unit/engine/test_patches.py",
)


def pytest_configure(config):
    """Only where the tests are given out, and only if no line for each of them was asked for."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput") and config.option.verbose == 0:
        config.pluginmanager.register(Progress(config))


@pytest.hookimpl(optionalhook=True)  # of xdist
def pytest_xdist_make_scheduler(config, log):
    """Tests go to the next free worker one by one, but for those of WHOLE."""
    return Scheduling(config, log)


class Scheduling(LoadScopeScheduling):
    """What goes to a worker at once: a file of WHOLE, half the labs in a browser, or one test."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, _ = nodeid.partition("::")
        if file == "tests/browser/test_labs.py" and (lab := re.search(r"\[(\d\d)_", nodeid)):
            return f"{file} {int(lab[1]) % 2}"  # the longest of all: in one piece it would end long after the rest
        return file if file in WHOLE else nodeid


class Progress:
    """` 1:10  browser 3 of 118, engine 12 of 1087, labs 125 of 260, unit 600 of 1809`, and at once what has failed."""

    def __init__(self, config: pytest.Config):
        self.config, self.began, self.said = config, time.monotonic(), 0.0
        self.all: Counter[str] = Counter()
        self.done: Counter[str] = Counter()

    def pytest_xdist_node_collection_finished(self, ids):
        self.all = Counter(map(folder, ids))  # the same of each worker

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self):
        """No dots, but the words of the summary."""
        category, _, word = yield
        return category, "", word

    def pytest_runtest_logreport(self, report):
        name = folder(report.nodeid)
        if report.failed:
            self.say(f"FAILED {report.nodeid}")
        if report.when == "teardown":
            self.done[name] += 1
            if self.done[name] == self.all[name] or time.monotonic() - self.said > SECONDS:
                self.said = time.monotonic()
                self.say(", ".join(f"{name} {self.done[name]} of {count}" for name, count in self.all.items()))

    def say(self, text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        self.config.get_terminal_writer().line(f"{minutes:2}:{seconds:02}  {text}", flush=True)


def folder(test: str) -> str:
    """`unit` of `tests/unit/test_x.py::test_y`."""
    return test.split("/")[1]
