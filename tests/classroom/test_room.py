"""A classroom with two attendees, whom it keeps apart. Needs root, for each has an operating-system user."""

import asyncio
import contextlib
import http.client
import json
import os
import re
import subprocess
import urllib.parse
from pathlib import Path

import psutil
import pytest
from ports import free_port
from tornado.httpclient import HTTPClientError

from classroom import commands, limits, reach
from classroom.trial import attendee, room

pytestmark = [pytest.mark.once, pytest.mark.slow]

ADA, BOB = NAMES = (f"ada-{os.getpid()}", f"bob-{os.getpid()}")


def lacking() -> str | None:
    """What this machine lacks for these tests."""
    if reason := commands.can_be_here():
        return reason
    if reach.closed() and subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return "Python is in a folder that only root may enter, and no mount namespace can be made"
    return None


@pytest.fixture(scope="module")
def classroom():
    """An open classroom, with the servers of two attendees."""
    if reason := lacking():
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_ROOT", "1234")
        patch.setenv("LAB_ROOM", "/srv/room")
        with room.opened([ADA, BOB], free_port()) as opened:
            for name in NAMES:
                opened.call("POST", f"/hub/api/users/{name}")
                opened.call("POST", f"/hub/api/users/{name}/server")
            for name in NAMES:
                opened.start(name)
            yield opened


@pytest.fixture(scope="module")
def tokens(classroom):
    """A token for JupyterHub's API of each attendee's own."""
    return {name: classroom.call("POST", f"/hub/api/users/{name}/tokens", body={})[1]["token"] for name in NAMES}


@pytest.fixture(scope="module")
def kernels(classroom, tokens):
    """The id of a kernel of each attendee."""
    return {name: classroom.call("POST", f"/user/{name}/api/kernels", tokens[name], {})[1]["id"] for name in NAMES}


@pytest.fixture
def run(classroom, tokens, kernels):
    """Run code in an attendee's kernel: the error that it ends in, or ""."""

    async def execute(name: str, code: str) -> str:
        url = f"http://127.0.0.1:{classroom.port}"
        socket = await attendee.connect(url, name, kernels[name], tokens[name])
        try:
            return await attendee.execute(socket, code)
        finally:
            socket.close()

    return lambda name, code: asyncio.run(execute(name, code))


def processes(classroom, name):
    """What runs as an attendee."""
    everything = psutil.process_iter(["uids", "status"])
    alive = [one for one in everything if one.info["uids"] and one.info["status"] != psutil.STATUS_ZOMBIE]
    return [one for one in alive if one.info["uids"].real == classroom.uid(name)]


def kernel_of(classroom, name):
    with contextlib.suppress(psutil.Error):
        (kernel,) = [one for one in processes(classroom, name) if "ipykernel_launcher" in one.cmdline()]
        return kernel
    raise AssertionError("no kernel")


def log_in(port, name, password):
    """Send the form of the log-in page; return where it leads, None if back to itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/hub/login")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookies = "; ".join(value.split(";")[0] for head, value in answer.getheaders() if head.lower() == "set-cookie")
    xsrf = re.search(r'name="_xsrf"\s+value="([^"]*)"', page)[1]
    form = urllib.parse.urlencode({"username": name, "password": password, "_xsrf": xsrf})
    heads = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    connection.request("POST", "/hub/login", form, heads)
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("Location") if answer.status == 302 else None


def test_an_attendee_logs_in_with_their_password_and_with_no_others(classroom):
    assert log_in(classroom.port, ADA, classroom.passwords[ADA])
    assert log_in(classroom.port, ADA, classroom.passwords[BOB]) is None
    assert log_in(classroom.port, "root", classroom.passwords[ADA]) is None


def test_a_kernel_runs_as_its_attendee_in_working_copies_with_nothing_of_roots_environment(classroom, run):
    home = classroom.state / "home" / ADA
    code = f"""
import os, pathlib
assert os.getuid() == {classroom.uid(ADA)} and os.getgroups() == [os.getgid()]
assert "SECRET_OF_ROOT" not in os.environ and "CLASSROOM_STATE" not in os.environ
assert os.environ["LAB_ROOM"] == "/srv/room"
assert os.environ["LAB_HOME"] == {str(home / ".lab")!r} and pathlib.Path.home() == pathlib.Path({str(home)!r})
assert (pathlib.Path.home() / "my" / "00_start_here.ipynb").exists()
"""
    assert run(ADA, code) == ""


def refused(error: str, code: str) -> str:
    """Code that fails unless `code` ends in `error`."""
    return f"try:\n    {code}\nexcept {error}:\n    pass\nelse:\n    raise AssertionError('it was not refused')"


def test_one_cannot_read_anothers_files(classroom, run):
    home = classroom.state / "home" / ADA
    assert (home / "my" / "00_start_here.ipynb").exists()
    for path in ("home/{}/my/00_start_here.ipynb", "home/{}/.lab/credentials/secret", "hub/token"):
        assert run(BOB, refused("PermissionError", f"open({str(classroom.state / path.format(ADA))!r})")) == ""
    for folder in (home, classroom.state / "home", Path("/run/lambda-labs") / ADA):
        assert run(BOB, refused("PermissionError", f"__import__('os').listdir({str(folder)!r})")) == ""


def test_one_cannot_touch_anothers_processes(classroom, run, kernels):
    pid = kernel_of(classroom, ADA).pid
    assert run(BOB, refused("PermissionError", f"__import__('os').kill({pid}, 0)")) == ""
    assert run(BOB, refused("PermissionError", f"open('/proc/{pid}/environ').read()")) == ""


def test_a_kernels_channels_are_no_ports_but_sockets_in_its_attendees_folder(run, kernels):
    """On a port, whoever is on the machine can subscribe to what a kernel prints."""
    assert run(ADA, "1") == ""
    folder = Path("/run/lambda-labs") / ADA
    said = json.loads((folder / f"kernel-{kernels[ADA]}.json").read_text())
    assert said["transport"] == "ipc" and Path(said["ip"]).parent == folder
    channels = [Path(f"{said['ip']}-{said[f'{name}_port']}") for name in ("shell", "iopub", "stdin", "control", "hb")]
    assert all(channel.is_socket() for channel in channels)
    assert run(BOB, refused("PermissionError", f"__import__('os').stat({str(channels[1])!r})")) == ""


def test_what_an_attendee_runs_is_in_control_groups_where_the_system_has_them(classroom, kernels):
    probe = limits.prepare(f"probe-{os.getpid()}", 10**9)
    limits.remove(f"probe-{os.getpid()}")
    if probe.reason:
        pytest.skip(f"no control groups can be made here: {probe.reason}")
    assert f"lambda-labs/{ADA}\n" in Path(f"/proc/{kernel_of(classroom, ADA).pid}/cgroup").read_text()


def test_the_hub_keeps_one_from_anothers_server_and_kernel(classroom, tokens, kernels):
    for path in ("contents/my", "kernels", f"kernels/{kernels[ADA]}", "terminals"):
        assert classroom.call("GET", f"/user/{ADA}/api/{path}", tokens[ADA])[0] == 200
        assert classroom.call("GET", f"/user/{ADA}/api/{path}", tokens[BOB])[0] == 403
    assert classroom.call("DELETE", f"/hub/api/users/{ADA}/server", tokens[BOB])[0] in (403, 404)
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(attendee.connect(f"http://127.0.0.1:{classroom.port}", ADA, kernels[ADA], tokens[BOB]))


def test_a_server_asked_past_the_proxy_lets_nobody_else_in(classroom, tokens, kernels):
    (server,) = [one for one in processes(classroom, ADA) if "classroom.server" in one.cmdline()]
    (port,) = {c.laddr.port for c in server.net_connections("inet") if c.status == psutil.CONN_LISTEN}
    for token, status in ((tokens[ADA], 200), (tokens[BOB], 403)):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", f"/user/{ADA}/api/kernels", headers={"Authorization": f"token {token}"})
        assert connection.getresponse().status == status


ENGINE = """
from helpers import Lab
lab = Lab("01")
endpoint = lab.endpoint
assert lab.client("lambda").list_functions()["Functions"] == []
"""


def test_one_is_nobody_on_anothers_engine_and_root_in_an_account_on_their_own(classroom, run):
    assert run(ADA, ENGINE) == "" and run(BOB, ENGINE) == ""
    number = {name: classroom.account(name)["number"] for name in NAMES}
    hers = f"http://127.0.0.1:{classroom.port + 1000 + number[ADA]}"
    assert run(ADA, f"assert endpoint == {hers!r}, endpoint") == ""
    error = run(BOB, f"import boto3; boto3.client('lambda', endpoint_url={hers!r}).list_functions()")
    assert "SignatureDoesNotMatch" in error or "InvalidSignatureException" in error, error
    (engine,) = [one for one in processes(classroom, ADA) if one.cmdline()[1:] == ["-m", "helpers.engine"]]
    assert engine.uids().real == classroom.uid(ADA)


def test_jupyterlab_has_no_debugger_whose_port_would_be_open_to_all(classroom, tokens):
    page = classroom.call("GET", f"/user/{ADA}/lab", tokens[ADA])[1]
    assert "@jupyterlab/debugger-extension" in re.search(r'"disabledExtensions": \[[^]]*\]', page)[0]


def test_root_gets_no_server(classroom):
    classroom.call("POST", "/hub/api/users/root")
    assert classroom.call("POST", "/hub/api/users/root/server")[0] >= 400
    assert classroom.call("GET", "/hub/api/users/root")[0] == 404


def test_a_reset_begins_anew_for_one_and_keeps_their_notebooks_beside(classroom, run):
    home = classroom.state / "home" / ADA
    assert run(ADA, "import pathlib; (pathlib.Path.home() / 'my' / 'mine.txt').write_text('mine')") == ""
    done = classroom.command("reset", ADA)
    assert done.returncode == 0, done.stderr
    assert processes(classroom, ADA) == [] and classroom.server(ADA) == {}
    assert not (home / "my").exists() and not (home / ".lab").exists()
    (kept,) = home.glob("my.until-*/mine.txt")
    assert kept.read_text() == "mine"
    assert classroom.server(BOB)["ready"], "the others work on"
    classroom.start(ADA)
    assert (home / "my" / "00_start_here.ipynb").exists()


def test_stopping_a_server_ends_all_that_runs_as_the_attendee(classroom, run):
    assert run(BOB, "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)") == ""
    assert len(processes(classroom, BOB)) > 2
    classroom.stop(BOB)
    assert processes(classroom, BOB) == []


def test_the_list_says_who_is_there(classroom):
    lines = dict(line.split(maxsplit=1) for line in classroom.command("list").stdout.splitlines())
    assert set(lines) == {"instructor", *NAMES} and lines["instructor"].endswith("never here")


def test_a_name_that_is_no_attendees_is_a_sentence(classroom):
    done = classroom.command("reset", "eve")
    assert done.returncode == 1
    assert done.stderr == "There is no attendee 'eve': 'python -m classroom list' names them.\n"
