"""Workflows and action.yml, read as text: they only call make, and what others wrote is fixed to one commit."""

import re
import tomllib

import pytest
import yaml

from helpers.state.home import ROOT

FILES = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), ROOT / "action.yml"]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def steps(file):
    read = yaml.safe_load(file.read_text())
    jobs = read["jobs"].values() if "jobs" in read else [read["runs"]]
    return [step for job in jobs for step in job["steps"]]


@each_file
def test_what_is_run_is_one_target_of_the_makefile(file):
    for step in steps(file):
        if "run" in step:
            make, target = step["run"].split(" ")
            assert make == "make" and target in TARGETS, step["run"]


@each_file
def test_actions_of_others_are_fixed_to_a_commit_with_its_version_beside_it(file):
    used = re.findall(r"uses: (.*)", file.read_text())
    assert used and not [one for one in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)]


@pytest.mark.parametrize("file", FILES[:-1], ids=lambda file: file.name)
def test_a_workflow_may_read_and_what_more_a_job_needs_it_says(file):
    workflow = yaml.safe_load(file.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())
    assert all(
        step["with"]["persist-credentials"] is False for step in steps(file) if "checkout" in step.get("uses", "")
    )


def test_tests_run_on_linux_and_macos_as_ci_runs_them():
    (job,) = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text())["jobs"].values()
    runs = {(one["system"].partition("-")[0], one["python"]) for one in job["strategy"]["matrix"]["include"]}
    assert runs == {("ubuntu", "3.11"), ("ubuntu", "3.13"), ("macos", "3.13")}
    called = re.findall(r"^make ([a-z]+)|LAB_BROWSER=required make ([a-z]+)", (ROOT / ".ci/run").read_text(), re.M)
    ours = [step["run"].removeprefix("make ") for step in job["steps"] if "run" in step]
    assert ours == [(first or second).removesuffix("-all") for first, second in called if first or second]


def test_a_form_for_issues_asks_for_what_its_answer_needs():
    forms = {file.stem: yaml.safe_load(file.read_text()) for file in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")}
    asked = {name: [field["id"] for field in form["body"]] for name, form in forms.items()}
    assert asked == {"wrong": ["seen", "machine", "commit"], "lab": ["where", "what"]}
    assert all(field["validations"]["required"] for form in forms.values() for field in form["body"])


def test_the_citation_has_the_version_of_the_project():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
