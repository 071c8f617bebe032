"""action.yml: its steps are run on a sample repository, as a runner of GitHub's would."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook, new_output
from ports import free_port

from helpers.backend.engine import Engine
from helpers.state.home import ROOT

pytestmark = [pytest.mark.labs, pytest.mark.once]

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
CREATE = """
import io, json, zipfile, boto3
archive = io.BytesIO()
index = zipfile.ZipInfo("index.py")
index.external_attr = 0o644 << 16  # Lambda's user may read it
with zipfile.ZipFile(archive, "w") as file:
    file.writestr(index, "def handler(event, context): return 'Hello, ' + event['name']")
trust = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
iam, functions = boto3.client("iam"), boto3.client("lambda")
role = iam.create_role(RoleName=NAME, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
functions.create_function(FunctionName=NAME, Runtime="python3.13", Handler="index.handler", Role=role,
                          Code={"ZipFile": archive.getvalue()})
functions.get_waiter("function_active_v2").wait(FunctionName=NAME)
"""
INVOKE = 'print(json.load(functions.invoke(FunctionName=NAME, Payload=b\'{"name": "world"}\')["Payload"]))'


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    """A runner's environment: nothing of this machine's labs, an engine's folder and port of its own."""
    home = tmp_path_factory.mktemp("runner") / "lab"
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "LAB_", "MAKE", "MFLAGS"))
    }
    yield ours | {"LAB_HOME": str(home), "LAB_PORT": str(free_port())}
    Engine(home=home, environ={}).down()


def repository(folder: Path, printed: str) -> Path:
    """A repository with one notebook, which invokes a function; this is the output that it has saved."""
    saved = new_output("stream", name="stdout", text=printed + "\n")
    create = f"NAME = {folder.name!r}\n{CREATE}"
    cells = [new_code_cell(create, execution_count=1), new_code_cell(INVOKE, execution_count=2, outputs=[saved])]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    (folder / "notebooks").mkdir()
    nbformat.write(new_notebook(cells=cells, metadata=kernel), folder / "notebooks" / "greeting.ipynb")
    (folder / "pytest.ini").write_text("[pytest]\n")
    return folder


def run_action(runner: dict[str, str], workspace: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    """Run the steps of the action with these inputs. Returns the last one, or the first that fails."""
    values = {f"inputs.{name}": spec.get("default") for name, spec in ACTION["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in given.items()}
    values |= {"github.action_path": str(ROOT), "github.workspace": str(workspace)}

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], text)

    for step in ACTION["runs"]["steps"]:
        if "uses" in step:
            assert step["uses"].startswith("actions/setup-python@"), "the only one for which there is a stand-in here"
            values[f"steps.{step['id']}.outputs.python-path"] = sys.executable
            continue
        done = subprocess.run(
            [step["shell"], "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step["run"])],
            cwd=filled(step["working-directory"]),
            env=runner | {name: filled(value) for name, value in step["env"].items()},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            break
    return done


def test_a_notebook_whose_saved_output_is_right_passes(runner, tmp_path):
    given = {"notebooks": "notebooks", "arguments": "--junit-xml=found.xml"}
    done = run_action(runner, repository(tmp_path, "Hello, world"), **given)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout + done.stderr
    assert (tmp_path / "found.xml").exists(), "the arguments reach pytest, which runs in the repository"


def test_a_notebook_whose_saved_output_is_wrong_fails_and_both_outputs_are_shown(runner, tmp_path):
    done = run_action(runner, repository(tmp_path, "Hello, moon"), notebooks="notebooks")
    assert done.returncode != 0 and "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "Hello, moon" in done.stdout and "Hello, world" in done.stdout


def test_an_input_is_no_command_and_requirements_come_first(runner, tmp_path):
    command = "nowhere; touch made; $(touch made) `touch made` $(shell touch made)"
    done = run_action(runner, tmp_path, notebooks=command, requirements=command)
    assert done.returncode != 0 and "No such file or directory: 'nowhere; touch made; " in done.stderr, done.stderr
    assert not list(tmp_path.iterdir()) and not (ROOT / "made").exists()
