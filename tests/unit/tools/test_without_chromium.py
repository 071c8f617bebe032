"""Without Chromium, tests/browser is skipped by name, or fails where it was said to be required; no engine starts."""

import os
import re
import subprocess
import sys

import pytest

from helpers.state.home import ROOT

NO_CHROMIUM = "There is no Chromium, so the labs were not opened in a browser: apt install chromium (Debian)."
SWITCHED_OFF = "LAB_BROWSER=off: the labs were not opened in a browser."


@pytest.fixture
def browser_tests(tmp_path):
    """Run tests/browser where PATH leads to nothing, with these settings. Returns exit status and what pytest said."""

    def run(**settings: str) -> tuple[int, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAB_", "AWS_", "PYTEST_"))}
        environ = {
            **kept,
            "PATH": str(tmp_path),
            "LAB_HOME": str(tmp_path / "lab"),
            "TMPDIR": str(tmp_path),
            **settings,
        }
        command = (sys.executable, "-m", "pytest", "-q", "-ra", "-p", "no:cacheprovider", "--color=no", "tests/browser")
        ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
        started = {path.name for path in tmp_path.rglob("*") if path.name.startswith(("engine", "jupyterlab"))}
        assert started == set(), "an engine or JupyterLab was begun"
        return ended.returncode, ended.stdout + ended.stderr

    return run


@pytest.mark.parametrize(("settings", "sentence"), [({}, NO_CHROMIUM), ({"LAB_BROWSER": "off"}, SWITCHED_OFF)])
def test_every_test_is_skipped_and_the_reason_is_said(browser_tests, settings, sentence):
    status, said = browser_tests(**settings)
    assert status == 0, said
    assert re.search(r"^SKIPPED \[\d+\] tests/browser/.*" + re.escape(sentence), said, flags=re.MULTILINE), said
    assert re.search(r"^\d+ skipped in ", said, flags=re.MULTILINE), said


def test_where_a_browser_is_required_every_test_fails_with_the_reason(browser_tests):
    status, said = browser_tests(LAB_BROWSER="required")
    assert status == 1, said
    assert NO_CHROMIUM in said
    assert re.search(r"^\d+ errors in ", said, flags=re.MULTILINE), said
