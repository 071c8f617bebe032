"""Terminals of JupyterLab."""

import json
import os
import secrets
import subprocess
import sys
import urllib.request

import pytest
import websocket

from helpers.backend.credentials import read_secret, secret_access_key
from helpers.backend.launch import wait_for
from helpers.errors import BackendError, EngineError
from helpers.jupyter import terminal
from helpers.state import last_account


def prepared(home, **environ):
    """What becomes of an environment."""
    environ["LAB_HOME"] = str(home)
    terminal.prepare(environ)
    return environ


def shell(*arguments, **environ):
    """What the shell says that the terminal becomes, and what goes to stderr."""
    command = [sys.executable, "-m", "helpers.jupyter.terminal", *arguments]
    done = subprocess.run(command, env=os.environ | environ, capture_output=True, text=True)
    assert done.returncode == 0
    return done.stdout.strip(), done.stderr.strip()


def test_a_terminal_leads_to_the_backend_and_nowhere_else(home, port):
    ambient = {"AWS_PROFILE": "work", "AWS_ACCESS_KEY_ID": "AKIAREAL", "PATH": "/usr/bin"}
    environ = prepared(home, LAB_PORT=str(port), **ambient)
    assert environ["AWS_ENDPOINT_URL"] == f"http://127.0.0.1:{port}"
    assert environ["AWS_ACCESS_KEY_ID"] == "test" and "AWS_PROFILE" not in environ
    assert environ["AWS_CONFIG_FILE"] == os.devnull
    assert environ["PATH"].startswith(os.path.join(sys.prefix, "bin"))


def test_a_terminal_finds_the_engine_where_it_runs(engine, home):
    one = engine()
    endpoint = one.up().endpoint
    environ = prepared(home)
    assert environ["AWS_ENDPOINT_URL"] == endpoint
    before = dict(environ)
    terminal.prepare(environ)  # `make lab` again, in such a terminal
    assert environ == before


def test_a_terminal_has_the_account_of_the_notebooks(home):
    environ = prepared(home, LAB_ACCOUNT="111122223333")
    assert environ["AWS_ACCESS_KEY_ID"] == "111122223333"


def test_a_terminal_acts_in_the_account_of_the_lab_that_was_started_last(home):
    last_account.note("000000000004", home)
    assert prepared(home)["AWS_ACCESS_KEY_ID"] == "000000000004"
    assert prepared(home, LAB_ACCOUNT="111122223333")["AWS_ACCESS_KEY_ID"] == "111122223333"


@pytest.mark.parametrize("started", [True, False])
def test_a_terminal_signs_as_the_notebooks_do_also_if_it_is_opened_first(engine, home, started):
    one = engine()
    if started:
        one.up()
    environ = prepared(home, LAB_ACCOUNT="111122223333", **one.environ)
    one.up()
    assert environ["AWS_SECRET_ACCESS_KEY"] == secret_access_key(read_secret(home), "111122223333")


def test_a_terminal_finds_our_container_on_the_labs_port(engine, home, tmp_path):
    one = engine("docker")
    one.up()
    environ = prepared(tmp_path / "another", LAB_SECRET_ACCESS_KEY="given", **one.environ)
    assert (environ["AWS_ENDPOINT_URL"], environ["AWS_SECRET_ACCESS_KEY"]) == (one.running().endpoint, "given")


def test_a_terminal_without_the_secret_leads_to_the_backend_all_the_same(engine, home):
    one = engine()
    endpoint = one.up().endpoint
    (home / "credentials" / "secret").unlink()
    environ = {"LAB_HOME": str(home), "AWS_ACCESS_KEY_ID": "AKIAREAL", "AWS_SECRET_ACCESS_KEY": "real"}
    with pytest.raises(EngineError, match="start it again"):
        terminal.prepare(environ)
    assert (environ["AWS_ENDPOINT_URL"], environ["AWS_ACCESS_KEY_ID"]) == (endpoint, "test")
    assert environ["AWS_SECRET_ACCESS_KEY"] == "unknown"


def test_with_aws_as_the_backend_a_terminal_keeps_the_learners_own_settings(home):
    environ = prepared(home, LAB_BACKEND="aws", AWS_PROFILE="work")
    assert environ["AWS_PROFILE"] == "work" and "AWS_ENDPOINT_URL" not in environ


def test_settings_that_make_no_sense_are_one_sentence_and_the_shell_starts_all_the_same(home):
    with pytest.raises(BackendError):
        terminal.prepare({"LAB_BACKEND": "azure"})
    said, error = shell("-c", "echo here", SHELL="/bin/sh", LAB_BACKEND="azure")
    assert said == "here"
    assert error.startswith("LAB_BACKEND is 'azure'") and error.count("\n") == 0


def test_jupyterlab_starts_its_terminals_so(home, port, tmp_path):
    token, address = secrets.token_urlsafe(), f"127.0.0.1:{port}"
    state = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    environ = os.environ | state | {"JUPYTER_TOKEN": token, "LAB_PORT": "4999", "SHELL": "/bin/sh"}
    command = [sys.executable, "-P", "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "json.py").write_text("raise SystemExit('a file of the learner')")  # must not be in the way
    process = subprocess.Popen(
        [*command, f"--port={port}", "--ServerApp.port_retries=0"], env=environ, cwd=folder, stderr=subprocess.DEVNULL
    )

    def ask(path, **how):
        question = urllib.request.Request(
            f"http://{address}/{path}", headers={"Authorization": f"token {token}"}, **how
        )
        with urllib.request.urlopen(question, timeout=10) as answer:
            return json.load(answer)

    def answers():
        try:
            return ask("api/status")
        except OSError:
            return None

    try:
        assert wait_for(answers, 60)
        name = ask("api/terminals", method="POST")["name"]
        connection = websocket.create_connection(f"ws://{address}/terminals/websocket/{name}?token={token}", timeout=20)
        connection.send(json.dumps(["stdin", 'echo "<$AWS_ENDPOINT_URL>"\n']))
        said = ""
        while "<http://127.0.0.1:4999>" not in said:  # a hang is ended by the time-out of the connection
            kind, *words = json.loads(connection.recv())
            said += "".join(words) if kind == "stdout" else ""
        connection.close()
    finally:
        process.terminate()
        process.wait(30)
