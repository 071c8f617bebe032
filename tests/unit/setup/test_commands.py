import subprocess
import sys
import threading
import time

import pytest

from helpers.setup.commands import Commands, SetupError, explain


@pytest.fixture
def commands(tmp_path):
    return Commands(tmp_path / "setup.log", {})


def test_output_is_returned_and_kept_in_the_log(commands):
    assert commands.run("it", sys.executable, "-c", "print('hello')") == "hello\n"
    assert "hello" in commands.log.read_text()


def test_a_secret_output_is_returned_but_not_kept(commands):
    assert commands.run("it", sys.executable, "-c", "print('pass'+'word')", secret=True) == "password\n"
    assert "password" not in commands.log.read_text()


def test_a_failure_is_a_sentence_that_names_what_failed_and_the_log(commands):
    with pytest.raises(SetupError) as failure:
        commands.run("the engine environment", sys.executable, "-c", "raise SystemExit('odd')")
    assert "the engine environment failed" in str(failure.value)
    assert str(commands.log) in str(failure.value)
    assert "odd" in commands.log.read_text()


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("error: Failed to fetch: x\n  Caused by: dns error: failed to lookup address", "check the network"),
        ("ERROR: Could not find a version that satisfies uv (from versions: none)", "check the network"),
        ("npm error code ENOTFOUND", "check the network"),
        ("error: Failed to fetch: x\n  cause: Hash mismatch for `x==1`", "not the one that was locked"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("npm error code EINTEGRITY", "not the one that was locked"),
        ("error: failed to write: No space left on device (os error 28)", "disk is full"),
        ("error: Permission denied (os error 13)", "belong to you"),
        ("invalid peer certificate: UnknownIssuer", "certificate"),
        ("something never seen before", "make clean setup"),
    ],
)
def test_the_remedy_fits_the_cause(tmp_path, output, remedy):
    assert remedy in explain("it", output, tmp_path)


def test_stopping_ends_what_runs_and_starts_nothing_more(commands):
    failures = []

    def run():
        try:
            commands.run("it", sys.executable, "-c", "import time; time.sleep(60)")
        except SetupError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not commands.running:
        time.sleep(0.01)
    commands.stop()
    thread.join(timeout=10)
    assert failures
    with pytest.raises(SetupError, match="stopped"):
        commands.run("it", sys.executable, "-c", "")


def test_an_interrupt_ends_the_command_that_is_waited_for(commands, monkeypatch):
    processes = []

    def interrupted(process):
        processes.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        commands.run("the test", sys.executable, "-c", "import time; time.sleep(60)")
    assert processes[0].poll() is not None
