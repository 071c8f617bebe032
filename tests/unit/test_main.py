"""The command line."""

import os
import subprocess
import sys

import pytest

from helpers import exercises
from helpers.__main__ import main
from helpers.state.progress import Progress


@pytest.fixture
def run(engine, monkeypatch, capsys):
    """`run("up")` gives (exit code, output, errors), with the stand-in for the engine."""
    one = engine()
    os.environ["LAB_PORT"] = one.environ["LAB_PORT"]
    monkeypatch.setattr("helpers.backend.engine.COMMAND", one.command)

    def call(*arguments):
        code = main(list(arguments))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    call.engine = one
    return call


def test_up_status_and_down(run, port):
    assert run("up") == (0, f"The engine answers on port {port}.\n", "")
    code, text, _ = run("status")
    assert code == 0
    assert [line.split()[0] for line in text.splitlines()[:7]] == [
        "backend",
        "version",
        "endpoint",
        "port",
        "auth",
        "memory",
        "functions",
    ]
    assert "LocalStack 4.9.2" in text
    assert str(port) in text
    assert "1 environments alive" in text
    assert "HelloWorld  idle  30 MB" in text
    assert run("down") == (0, "The engine has stopped.\n", "")


def test_a_second_up_and_a_second_down_are_no_errors(run):
    assert run("up")[:2] == run("up")[:2]
    run("down")
    assert run("down") == (0, "No engine was running.\n", "")


def test_status_without_an_engine_has_an_exit_code_of_its_own(run):
    assert run("status") == (3, "No engine is running: start it with 'make up'.\n", "")


def test_status_tells_of_our_container_where_the_labs_would_attach_to_it(run, monkeypatch, tmp_path):
    run.engine.command[-1] = "docker"
    run.engine.up()
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "another"))
    code, text, _ = run("status")
    assert code == 0 and text.startswith("backend    docker\n")


@pytest.mark.parametrize(
    ("auth", "said"), [("on", "on: requests are signed"), ("off", "OFF (LAB_AUTH=off): every secret")]
)
def test_status_says_whether_signatures_are_verified(run, monkeypatch, auth, said, tmp_path):
    run.engine.environ["LAB_AUTH"] = auth
    run.engine.up()
    assert f"auth       {said}" in run("status")[1]
    # As another user of this engine sees it, who does not have its secret.
    monkeypatch.setenv("AWS_ENDPOINT_URL", run.engine.running().endpoint)
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "another"))
    code, text, _ = run("status")
    assert code == 0 and f"auth       {said}" in text and "HelloWorld" not in text


def test_up_with_another_backend_starts_nothing(run, port):
    os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    code, text, _ = run("up")
    assert (code, text) == (
        0,
        "The labs use the endpoint backend (http://127.0.0.1:1): there is nothing to start.\n",
    )
    assert run.engine.running() is None
    assert run("status")[0] == 3


def test_a_failure_is_one_sentence_on_stderr(run):
    run.engine.command[-1] = "dies"
    code, text, error = run("up")
    assert (code, text) == (1, "")
    assert error.startswith("The engine ended while starting (Something is missing")
    assert error.count("\n") == 1


def test_up_takes_a_port(run, port):
    del os.environ["LAB_PORT"]
    assert run("up", "--port", str(port))[1] == f"The engine answers on port {port}.\n"


@pytest.mark.parametrize("arguments", [[], ["fly"], ["up", "--port", "x"], ["up", "extra"]])
def test_wrong_usage_has_exit_code_two(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_reset_without_an_engine_starts_none(run):
    assert run("reset") == (0, "No engine is running, so nothing is left of the labs.\n", "")
    assert run.engine.running() is None


def test_reset_of_a_lab_that_does_not_exist_is_one_sentence(run):
    code, _, error = run("reset", "77")
    assert code == 1
    assert error.startswith("There is no lab '77': choose one of 00, 01")


def test_reset_forgets_progress_only_when_told(run):
    Progress().record("01", "say_goodbye")
    run("reset")
    assert Progress().done("01")
    run("reset", "--progress")
    assert not Progress().done("01")


def test_a_sweep_is_for_aws(run):
    assert run("sweep")[::2] == (1, "A sweep is for AWS: set LAB_BACKEND=aws, or use reset.\n")


@pytest.mark.parametrize(
    ("arguments", "how", "code"),
    [
        (["sweep"], {"dry_run": False, "untagged": False}, 1),
        (["sweep", "--dry-run"], {"dry_run": True, "untagged": False}, 0),
        (["sweep", "--untagged", "04"], {"dry_run": False, "untagged": True}, 1),
        (["reset", "04"], {"dry_run": False, "untagged": False}, 1),
    ],
)
def test_on_aws_reset_and_sweep_are_the_same_and_tell_scripts_whether_something_is_left(
    run, monkeypatch, arguments, how, code
):
    swept = []
    monkeypatch.setenv("LAB_BACKEND", "aws")
    monkeypatch.setattr("helpers.backend.session.on_aws", lambda: "session")
    monkeypatch.setattr("helpers.cleanup.sweeping.run", lambda *given, **options: swept.append((*given, options)))
    assert run(*arguments)[0] == code
    [(session, labs, options)] = swept
    assert (session, options) == ("session", how)
    assert list(labs) == (["04"] if "04" in arguments else exercises.numbers())


def test_progress_is_shared_by_a_command_and_taken_back_by_one(run, tmp_path, monkeypatch):
    (room := tmp_path / "room").mkdir()
    assert run("share") == (0, "Nothing is shared.\n", "")
    assert run("share", "Ada")[::2] == (1, "Say which folder the room shares: as an argument, or as LAB_ROOM.\n")
    monkeypatch.setenv("LAB_ROOM", str(room))
    said = f"Shared with {room} as 'Ada': this name, which exercises are solved, and when.\n"
    assert run("share", "Ada") == run("share") == (0, said, "")
    assert len(list(room.iterdir())) == 1
    assert run("share", "--stop") == (0, "What 'Ada' had shared is taken back.\n", "")
    assert run("share", "--stop") == (0, "Nothing was shared.\n", "")
    assert list(room.iterdir()) == []


def test_the_rooms_page_is_served_until_it_is_interrupted(run, tmp_path, monkeypatch):
    def interrupted(self):
        raise KeyboardInterrupt

    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", interrupted)
    code, text, _ = run("room", str(tmp_path / "room"))
    assert code == 0 and text.startswith("Who is where: http://127.0.0.1:")
    assert f"share NAME --room {tmp_path / 'room'}\n" in text


def test_interrupting_is_one_sentence(run, monkeypatch):
    def interrupted(self, port=None):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.backend.engine.Engine.up", interrupted)
    assert run("up")[::2] == (1, "Interrupted: nothing was left half done.\n")


def test_it_runs_as_a_module(home):
    done = subprocess.run([sys.executable, "-m", "helpers", "status"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (3, "No engine is running: start it with 'make up'.\n")


def test_another_python_is_told_which_command_to_use(home):
    code = "import sys; sys.modules['psutil'] = None; from helpers.__main__ import main; sys.exit(main(['status']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"{sys.executable} has no psutil: use make status.\n")
