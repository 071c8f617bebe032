"""What `make audit` makes of the answers of pip-audit and npm."""

import json

import pytest
from audit import __main__ as audit

from helpers.setup.commands import SetupError
from helpers.state.home import ROOT

LOCK = ROOT / "requirements.txt"
WERKZEUG = {
    "name": "werkzeug",
    "version": "3.1.3",
    "vulns": [{"id": "PYSEC-2025-1", "aliases": ["CVE-2025-66221"], "fix_versions": ["3.1.4"], "description": "…"}],
}
CLEAN = {"name": "idna", "version": "3.20", "vulns": []}
SKIPPED = {"name": "idna", "skip_reason": "Dependency not found on PyPI and could not be audited: idna (3.20)"}


class Answers:
    """Stands in for `Commands`: answers for each of pip-audit's services, by name; None does not answer."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def run(self, what, *command, **_):
        if what == "npm":
            return self.answers["npm"]
        service = command[command.index("-s") + 1]
        self.asked.append(command[-1].read_text().split())
        if self.answers[service] is None:
            raise SetupError("no network")
        command[command.index("-o") + 1].write_text(json.dumps({"dependencies": self.answers[service]}))
        if any(package.get("vulns") for package in self.answers[service]):
            raise SetupError("found something")  # pip-audit ends with 1 then
        return ""


def test_what_is_known_is_listed_with_the_release_that_mends_it(tmp_path, capsys):
    commands = Answers(osv=[WERKZEUG, CLEAN])
    (tmp_path / "lock").write_text("idna==3.20\nwerkzeug==3.1.3\n")
    known = audit.python_packages(commands, tmp_path / "lock")
    assert known == ["werkzeug 3.1.3: PYSEC-2025-1 CVE-2025-66221; mended in 3.1.4"]
    assert audit.report({LOCK: lambda: known}) == 1
    assert "requirements.txt: \n  werkzeug 3.1.3" in capsys.readouterr().out


def test_a_service_that_does_not_answer_is_followed_by_the_next(tmp_path):
    (tmp_path / "lock").write_text("idna==3.20\n")
    assert audit.python_packages(Answers(osv=None, pypi=[CLEAN]), tmp_path / "lock") == []


@pytest.mark.parametrize("pypi", [None, [SKIPPED]], ids=["no answer", "a package was skipped"])
def test_where_no_service_answers_for_every_package_it_is_said_in_a_sentence_with_a_status_of_its_own(
    tmp_path, capsys, pypi
):
    (tmp_path / "lock").write_text("idna==3.20\n")
    ask = {LOCK: lambda: audit.python_packages(Answers(osv=None, pypi=pypi), tmp_path / "lock")}
    assert audit.report(ask) == 3
    assert capsys.readouterr().out.startswith("No advisory service could be reached for any lock (")


def test_everything_in_a_lock_is_asked_about_whatever_system_it_is_for(tmp_path):
    (tmp_path / "lock").write_text(
        "appnope==1.0 ; sys_platform == 'darwin' \\\n    --hash=sha256:0\n    # via x\n"
        "contourpy==1.3.3 ; python_full_version < '3.12' \\\n    --hash=sha256:1\n"
        "contourpy==1.4.0 ; python_full_version >= '3.12' \\\n    --hash=sha256:2\n"
        "moto-ext[all]==5.1 \\\n    --hash=sha256:3\n"
    )
    commands = Answers(osv=[CLEAN])
    audit.python_packages(commands, tmp_path / "lock")
    every = [pin for asked in commands.asked for pin in asked]
    assert sorted(every) == ["appnope==1.0", "contourpy==1.3.3", "contourpy==1.4.0", "moto-ext==5.1"]
    assert all(len({pin.partition("==")[0] for pin in asked}) == len(asked) for asked in commands.asked)


def test_what_npm_knows_is_listed(tmp_path):
    known = {"axios": {"severity": "high", "range": "<1.13", "via": [{"title": "DoS"}, "follow-redirects"]}}
    commands = Answers(npm=json.dumps({"auditReportVersion": 2, "vulnerabilities": known}))
    assert audit.nodejs_packages(commands, tmp_path / "l") == ["axios <1.13: high; DoS by way of follow-redirects"]


@pytest.mark.parametrize("answer", ['{"message": "405 Method Not Allowed"}', "", "<html>", "[]"])
def test_a_registry_without_advisories_is_told_from_packages_without_any(tmp_path, answer):
    with pytest.raises(audit.NotReachedError):
        audit.nodejs_packages(Answers(npm=answer), tmp_path / "lock")


def test_every_lock_is_asked_about():
    folders = (ROOT / "helpers", ROOT / "tests", ROOT / "site")
    python = {LOCK, *(path for folder in folders for path in folder.rglob("requirements*.txt"))}
    engine = [*(ROOT / "helpers/engine").glob("nodejs*.txt"), ROOT / "helpers/engine/durable.txt"]
    named = {ROOT / "helpers/setup/build.txt", *engine}
    assert set(audit.PYTHON_LOCKS) == python | named
    nodejs = {path for folder in folders for path in folder.rglob("package-lock.json")}
    assert set(audit.NODEJS_LOCKS) == {path for path in nodejs if "node_modules" not in path.parts}
