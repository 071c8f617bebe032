"""The engine on machines that are odd: names that do not resolve, files that nobody else may read, strange folders."""

import json
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.state.home import ROOT

SCRIPT = Path(__file__).with_name("odd_machine.py")
ARRIVED = ["a word from a layer", "a word from node", "by SNS to SQS", True, "stacked", True]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="replaces /etc/hosts in a mount namespace: Linux, root"
)


@pytest.mark.parametrize("hosts", ["::1 localhost\n", "192.0.2.1 elsewhere\n"], ids=["v6-only", "nowhere"])
def test_the_engine_calls_itself_where_localhost_is_not_127_0_0_1(tmp_path, hosts):
    """And with a umask of 077 and a home in a folder with a space and an umlaut, as people have them."""
    (tmp_path / "hosts").write_text(hosts)
    home = tmp_path / "Übungen für Lambda" / "lab's home"
    run = shlex.join([sys.executable, str(SCRIPT), str(home)])
    script = f"mount --bind {tmp_path}/hosts /etc/hosts && umask 077 && exec {run}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{SCRIPT.parents[1]}:{ROOT / 'tests' / 'tools'}"},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.stdout, done.stderr + (home / "engine.log").read_text()[-3000:]
    assert json.loads(done.stdout) == ARRIVED, (home / "engine.log").read_text()[-3000:]
    log = (home / "engine.log").read_text()
    assert "Ready." in log and "Traceback" not in log
    assert (home / "tmp").stat().st_mode & 0o777 == 0o755


def test_an_engine_that_cannot_have_its_port_ends_and_says_so(tmp_path):
    """LocalStack would go on without one, and who has the port could answer in its name."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environ = {"PATH": os.environ["PATH"], "LAB_HOME": str(tmp_path), "LAB_PORT": str(taken.getsockname()[1])}
        command = [str(ROOT / ".engine/bin/python"), "-m", "helpers.engine"]
        ended = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "The engine cannot listen on its port: " in ended.stderr
