"""Ask about every lock: ``python -m tests.tools.audit``.

Exit status: 0 nothing is known; 1 something is, and is listed; 3 it could not be asked about everything (make says
``Error 3``).
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.setup import components, paths, run, steps
from helpers.setup.commands import Commands, SetupError
from helpers.state.home import ROOT

OURS = Path(__file__).with_name("requirements.txt")
TOOL = ROOT / ".lab" / "audit"
PYTHON_LOCKS = (
    paths.REQUIREMENTS,
    paths.BUILD_REQUIREMENTS,
    paths.ENGINE_REQUIREMENTS,
    paths.NODEJS_REQUIREMENTS,
    paths.NODEJS22_REQUIREMENTS,
    paths.PYTHON_RUNTIME_REQUIREMENTS,
    paths.PYTHON39_RUNTIME_REQUIREMENTS,
    paths.LAB_REQUIREMENTS,
    ROOT / "site" / "requirements.txt",
    ROOT / "tests" / "browser" / "requirements.txt",
    ROOT / "tests" / "tools" / "recorded" / "requirements.txt",
    OURS,
)
NODEJS_LOCKS = (
    paths.NODEJS_RUNTIME_LOCK,
    *paths.LAB_PROJECTS.values(),
    ROOT / "tests" / "browser" / "package-lock.json",
    ROOT / "site" / "deck" / "package-lock.json",
)
SERVICES = ("osv", "pypi")  # pip-audit's names: the first that answers for every package is believed


class NotReachedError(Exception):
    """No service answered for every package; the message is what the last one said."""


def main() -> int:
    """Install the tool, ask about each lock, print what is known. Returns the exit status."""
    commands = Commands(run.writable_log(), run.environment(dict(os.environ)))
    try:
        steps.follow_pip(commands)
        if not (TOOL / "bin" / "pip-audit").exists():
            commands.run(
                "pip-audit", components.UV, "venv", "--quiet", "--clear", "--python", paths.base_python(), TOOL
            )
        steps.install(commands, "pip-audit", TOOL, OURS)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 3
    return report(
        {lock: lambda lock=lock: python_packages(commands, lock) for lock in PYTHON_LOCKS}
        | {lock: lambda lock=lock: nodejs_packages(commands, lock) for lock in NODEJS_LOCKS}
    )


def report(questions: dict) -> int:
    """Print what each lock's question answers: a list of lines, or NotReachedError. Returns the exit status."""
    found, unasked = 0, []
    for lock, ask in questions.items():
        try:
            known = ask()
        except NotReachedError as error:
            unasked.append((lock.relative_to(ROOT), error))
            continue
        found += len(known)
        print(f"{lock.relative_to(ROOT)}: {'nothing is known' if not known else ''}")
        print("".join(f"  {line}\n" for line in known), end="")
    if unasked:
        names = ", ".join(str(lock) for lock, _ in unasked) if len(unasked) < len(questions) else "any lock"
        print(f"No advisory service could be reached for {names} ({unasked[-1][1]}): try again where one can be.")
    return 1 if found else 3 if unasked else 0


def python_packages(commands: Commands, lock: Path) -> list[str]:
    """What is known of the packages of a lock, a line each. Raises NotReachedError."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for number, pins in enumerate(rounds(lock.read_text())):
            path = Path(folder) / f"{number}.txt"
            path.write_text("\n".join(pins))
            lines += vulnerabilities(_ask(commands, path))
    return lines


def rounds(lock: str) -> Iterator[list[str]]:
    """The pins of a lock, without markers, in rounds that have each package once: pip-audit takes no more."""
    left = re.findall(r"^([\w.-]+)(?:\[.*\])?==([^\s;]+)", lock, re.MULTILINE)
    while left:
        once = dict(reversed(left))
        yield [f"{name}=={version}" for name, version in once.items()]
        left = [pin for pin in left if once[pin[0]] != pin[1]]


def _ask(commands: Commands, requirements: Path) -> list[dict]:
    said = "nothing"
    options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json")
    for service in SERVICES:
        answer = Path(f"{requirements}.{service}.json")
        command = (TOOL / "bin" / "pip-audit", "-s", service, *options, "-o", answer, "-r", requirements)
        try:
            commands.run("pip-audit", *command)
        except SetupError as error:  # also where it has found something
            said = str(error)
        try:
            packages = json.loads(answer.read_text())["dependencies"]
        except (OSError, ValueError):
            continue
        skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
        if not skipped:
            return packages
        said = skipped[0]
    raise NotReachedError(said)


def vulnerabilities(packages: list[dict]) -> list[str]:
    """pip-audit's findings, a line each: package, release, advisory and its other names, releases that mend it."""
    return [
        f"{package['name']} {package['version']}: {' '.join([known['id'], *known.get('aliases', [])])}; "
        + (f"mended in {', '.join(known['fix_versions'])}" if known["fix_versions"] else "not mended yet")
        for package in packages
        for known in package["vulns"]
    ]


def nodejs_packages(commands: Commands, lock: Path) -> list[str]:
    """What npm knows of the packages of a lock, a line each. Raises NotReachedError."""
    options = ("--package-lock-only", "--json", "--offline=false", "--loglevel", "silent")
    try:
        # `|| true`: npm ends with 1 where it has found something, and says so as it does otherwise
        shell = ("sh", "-c", 'exec 2>/dev/null; "$@" || true', "sh")
        answer = json.loads(
            commands.run("npm", *shell, components.NODE, components.NPM, "audit", *options, cwd=lock.parent)
        )
    except ValueError as error:
        raise NotReachedError("npm said nothing that can be read") from error
    if not isinstance(answer, dict) or "vulnerabilities" not in answer:
        raise NotReachedError(answer.get("message") if isinstance(answer, dict) else "npm said nothing of packages")
    return [
        f"{name} {known['range']}: {known['severity']}; "
        + " ".join(sorted({str(via["title"]) if isinstance(via, dict) else f"by way of {via}" for via in known["via"]}))
        for name, known in answer["vulnerabilities"].items()
    ]


if __name__ == "__main__":
    sys.exit(main())
