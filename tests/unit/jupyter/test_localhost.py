"""JupyterLab's own host name."""

import http.client
import json
import os
import socket
import subprocess
import sys

import pytest
import websocket

from helpers.backend.launch import wait_for
from helpers.state.home import ROOT

PAGE = "/lab/tree/my/00_start_here.ipynb"
OPENS_A_PAGE = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
STATE = ("CONFIG", "DATA", "RUNTIME")


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory):
    """JupyterLab as `make lab` starts it, on a port that is taken: (port, token, what it printed, what it opened)."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    opened = folder / "opened"
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\ncat "${{1#file://}}" > {opened}.new && mv {opened}.new {opened}\n')
    program.chmod(0o755)
    environ = os.environ | {f"JUPYTER_{name}_DIR": str(folder / name) for name in STATE}
    environ |= {"BROWSER": f"{program} %s"}
    log = folder / "log"
    with socket.create_server(("127.0.0.1", 0)) as taken, log.open("w") as output:
        asked = taken.getsockname()[1]
        (line,) = [
            line for line in (ROOT / "Makefile").read_text().replace("\\\n", "").splitlines() if "localhost" in line
        ]
        options = [word for word in line.partition("-m helpers.jupyter.localhost ")[2].split() if "$" not in word]
        command = [
            sys.executable,
            "-m",
            "helpers.jupyter.localhost",
            *options,
            "--allow-root",
            f"--ServerApp.port={asked}",
        ]
        process = subprocess.Popen(command, env=environ, cwd=folder, stdout=output, stderr=output)
        try:
            assert wait_for(lambda: opened.exists() or process.poll() is not None, 60)
            assert process.poll() is None, log.read_text()
            (record,) = (folder / "RUNTIME").glob("jpserver-*.json")
            told = json.loads(record.read_text())
            assert told["port"] != asked
            yield told["port"], told["token"], log, opened.read_text()
        finally:
            process.terminate()
            process.wait(30)


def ask(port, path, host="127.0.0.1", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": f"{host}:{port}", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_the_address_that_is_printed_and_opened_says_localhost_and_the_first_lab(jupyterlab):
    port, token, log, opened = jupyterlab
    address = f"http://localhost:{port}{PAGE}?token={token}"
    assert wait_for(lambda: log.read_text().count(address) == 2, 20)
    assert f"url={address}" in opened
    assert "127.0.0.1" not in log.read_text() + opened


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_who_opens_a_page_by_number_is_sent_on_before_a_cookie_is_set(jupyterlab, host):
    port, token, *_ = jupyterlab
    answer = ask(port, f"{PAGE}?token={token}", host, **OPENS_A_PAGE)
    assert (answer.status, answer.headers["Location"]) == (302, f"http://localhost:{port}{PAGE}?token={token}")
    assert "Set-Cookie" not in answer.headers


def test_who_comes_through_a_tunnel_keeps_its_port(jupyterlab):
    port, *_ = jupyterlab
    for host, location in (("127.0.0.1:9000", "http://localhost:9000/lab"), ("127.0.0.1", "http://localhost/lab")):
        assert ask(port, "/lab", **OPENS_A_PAGE, Host=host).headers["Location"] == location


def test_at_localhost_pages_are_served(jupyterlab):
    port, token, *_ = jupyterlab
    assert ask(port, f"{PAGE}?token={token}", "localhost", **OPENS_A_PAGE).status == 200


def test_programs_and_the_calls_of_a_page_are_answered_at_either_name(jupyterlab):
    port, token, *_ = jupyterlab
    calls = ({}, {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, {"Accept": "text/html"})
    for host in ("127.0.0.1", "localhost"):
        for headers in calls:
            assert ask(port, f"/api/contents?token={token}", host, **headers).status == 200
        events = websocket.create_connection(f"ws://{host}:{port}/api/events/subscribe?token={token}", timeout=20)
        assert events.connected
        events.close()
