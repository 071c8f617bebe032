"""Run LocalStack's AWS-recorded tests against an engine: ``python -m tests.tools.recorded CHECKOUT [what…]``.

What follows the folder: names of services, files or test ids below tests/aws/services, and options of pytest
(``events sns -k archive``). Exit status: 0 as known; 1 otherwise; 2 nothing could be run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from helpers.backend.engine import Engine
from helpers.errors import LabError
from helpers.setup import components, paths, tool_environment
from helpers.setup.commands import SetupError
from helpers.state.home import ROOT
from tests.tools.ports import free_port
from tests.tools.recorded import known

HERE = Path(__file__).parent
LOCK = HERE / "requirements.txt"
PLACE = ROOT / ".lab" / "recorded"
ENVIRONMENT = PLACE / "environment"
SERVICES = Path("tests/aws/services")
SECONDS = 180  # for one test; most take one


def main(arguments: list[str]) -> int:
    """Run and compare. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="make recorded", description=__doc__.splitlines()[0])
    parser.add_argument("checkout", type=Path, help="LocalStack's sources at the tag of the engine's release")
    parser.add_argument("--port", type=int, default=0, help="the engine's port (a free one)")
    parser.add_argument("--once", action="store_true", help="believe an unexpected failure without a second try")
    chosen, rest = parser.parse_known_args(arguments)
    if not (chosen.checkout / SERVICES / "lambda_").is_dir():
        print(f"{chosen.checkout} holds no {SERVICES}: name a checkout of LocalStack's sources.", file=sys.stderr)
        return 2
    try:
        install()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    copy_tests(chosen.checkout)
    what = targets(rest)
    port = chosen.port or free_port()
    engine = Engine(PLACE / "home", environ={**os.environ, "LAB_AUTH": "off"})
    results = PLACE / "results.jsonl"
    results.unlink(missing_ok=True)
    try:
        engine.up(port)
        pytest(port, results, [*what, *rest])
        first = read(results)
        again = [test for test, line in first.items() if line["outcome"] == "failed" and test not in known.failures()]
        if again and not chosen.once:
            results.unlink()
            print(f"\n{len(again)} failed unexpectedly: once more")
            pytest(port, results, again)
            first |= read(results)
    except LabError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        engine.down()
    return report(first)


def install() -> None:
    """Make `.lab/recorded/environment`: the tests' packages, and those of `.engine` by its path. Raises: SetupError."""
    if tool_environment.install(ENVIRONMENT, LOCK, "LocalStack's tests"):
        (paths.site_packages(ENVIRONMENT) / "engine.pth").write_text(f"{paths.site_packages(paths.ENGINE)}\n")


def copy_tests(checkout: Path) -> None:
    """Copy the tests: some build functions beside their sources, and the checkout is not ours to write to."""
    shutil.rmtree(PLACE / "tests", ignore_errors=True)
    (PLACE / "tests").mkdir(parents=True)
    for name in ("__init__.py", "conftest.py"):
        shutil.copy2(checkout / "tests" / name, PLACE / "tests")
    shutil.copytree(checkout / "tests" / "aws", PLACE / "tests" / "aws", symlinks=True)


def targets(rest: list[str]) -> list[str]:
    """Take the names of tests out of the arguments, and return them as pytest wants them; all, if there are none."""
    values = {index + 1 for index, word in enumerate(rest) if word in ("-k", "-m", "-n")}
    named = [word for index, word in enumerate(rest) if not word.startswith("-") and index not in values]
    for word in named:
        rest.remove(word)
    return [word if word.startswith("tests/") else str(SERVICES / word) for word in named or known.folders()]


def pytest(port: int, results: Path, arguments: list[str]) -> None:
    """Run pytest on the copied tests. What it says goes to the terminal and to `pytest.log`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "LAB_", "PYTEST_", "MAKE"))
    }
    environ = {
        **kept,
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "LOCALSTACK_HOST": f"127.0.0.1:{port}",  # as the engine has it: both make URLs of it
        "TEST_SKIP_LOCALSTACK_START": "1",
        "FILESYSTEM_ROOT": str(PLACE / "state"),
        "OVERRIDE_IN_DOCKER": "0",
        "DISABLE_EVENTS": "1",
        "RECORDED_PORT": str(port),
        "RECORDED_RESULTS": str(results),
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",  # some tests' parameters come out of a set, and workers must see the same
        "NO_PROXY": "*",
        "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{components.NODE.parent}{os.pathsep}{kept['PATH']}",
    }
    options = ("-c", os.devnull, "--rootdir", PLACE, "-p", "plugin", "-p", "no:cacheprovider", "--offline")
    limits = (f"--timeout={SECONDS}", "--tb=short", "--show-capture=no", "-q", "-p", "no:warnings", "--dist=loadscope")
    command = (ENVIRONMENT / "bin" / "python", "-m", "pytest", *options, *limits, *arguments)
    process = subprocess.Popen(command, cwd=PLACE, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with (PLACE / "pytest.log").open("ab") as log, process:
        while part := os.read(process.stdout.fileno(), 65536):
            log.write(part)
            log.flush()
            sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()


def read(results: Path) -> dict[str, dict]:
    """The last word on each test; a failure is the last word."""
    found: dict[str, dict] = {}
    if results.exists():
        for line in map(json.loads, results.read_text().splitlines()):
            if found.get(line["id"], {}).get("outcome") != "failed":
                found[line["id"]] = line
    return found


def report(found: dict[str, dict]) -> int:
    """Write and print what was found. Returns the exit status."""
    expected = known.failures()
    count = Counter(line["outcome"] for line in found.values())
    failed = {test: line["reason"] for test, line in found.items() if line["outcome"] == "failed"}
    unexpected = {test: reason for test, reason in failed.items() if test not in expected}
    passed = [test for test, line in found.items() if line["outcome"] == "passed" and test in expected]
    mended = [test for test in passed if known.fails_always(test)]
    skipped = Counter(line["reason"] for line in found.values() if line["outcome"] == "skipped")
    lines = [f"{number:5} skipped: {reason}" for reason, number in skipped.most_common()]
    lines += [f"known     {test}\n          {expected[test]}" for test in sorted(failed) if test in expected]
    lines += [f"FAILED    {test}\n          {reason}" for test, reason in sorted(unexpected.items())]
    lines += [f"PASSES    {test}\n          take it out of known.toml" for test in mended]
    lines += [
        f"{count['passed']} passed, {len(failed)} failed ({len(failed) - len(unexpected)} as known), "
        f"{count['skipped']} skipped; {len(unexpected)} failures and {len(mended)} passes are unexpected"
    ]
    text = "\n".join(lines) + "\n"
    (PLACE / "result.txt").write_text(text)
    (PLACE / "result.json").write_text(json.dumps(found, indent=1) + "\n")
    print(f"\n{text}", end="")
    if not found:
        return 2
    return 1 if unexpected or mended else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
