"""The labs opened elsewhere: dev container (Codespaces, VS Code), Binder. Read as text: nothing is built here."""

import json
import os
import re

from helpers.setup.install import refusal
from helpers.state.home import ROOT

CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_the_dev_container_has_the_python_of_the_image_to_the_digest():
    (base,) = re.findall("^FROM python:(.*)-slim@(.*)$", (ROOT / ".devcontainer/Dockerfile").read_text(), re.MULTILINE)
    image = (ROOT / "Dockerfile").read_text()
    assert base == tuple(re.findall("^ARG PYTHON_(?:VERSION|DIGEST)=(.*)$", image, re.MULTILINE))


def test_the_dev_container_and_binder_are_set_up_by_make_with_copies_to_work_in():
    assert CONTAINER["onCreateCommand"] == "make update"
    assert re.findall("^make .*", (ROOT / "binder/postBuild").read_text(), re.MULTILINE) == ["make update"]
    assert CONTAINER["postStartCommand"] == "make up" and {"update", "up"} <= TARGETS
    (opened,) = CONTAINER["customizations"]["codespaces"]["openFiles"]
    assert opened.startswith("my/") and (ROOT / "labs" / opened.removeprefix("my/")).exists()


def test_vs_code_recommends_what_the_dev_container_installs():
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text())["recommendations"]
    assert recommended == CONTAINER["customizations"]["vscode"]["extensions"]


def test_no_port_is_forwarded_unless_the_learner_does():
    assert CONTAINER["otherPortsAttributes"] == {"onAutoForward": "ignore"} and "forwardPorts" not in CONTAINER


def test_binder_has_a_python_that_the_labs_run_on_and_starts_our_jupyterlab():
    major, minor = re.fullmatch(r"python-(\d)\.(\d+)\n", (ROOT / "binder/runtime.txt").read_text()).groups()
    assert refusal((int(major), int(minor))) is None
    assert 'PATH="$PWD/.venv/bin:$PATH"' in (ROOT / "binder/start").read_text()
    assert all(os.access(ROOT / "binder" / name, os.X_OK) for name in ("postBuild", "start"))
