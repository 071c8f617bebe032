"""``make site``: builds the web edition into `.lab/site/html`. What it needs is installed the first time.

``--to FOLDER`` builds elsewhere. Exit status: 0 built; 1 a page is wrong, and is named; 2 it could not be installed.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import stage

from helpers.setup import paths, tool_environment
from helpers.setup.commands import SetupError
from helpers.state.home import ROOT

HERE = Path(__file__).parent
LOCK = HERE / "requirements.txt"
PLACE = ROOT / ".lab" / "site"
ENVIRONMENT = PLACE / "environment"


def main(arguments: list[str]) -> int:
    """Install, stage, build. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="make site", description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=PLACE, help="where `html` goes (.lab/site)")
    place = parser.parse_args(arguments).to.resolve()
    try:
        install()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    began = time.monotonic()
    try:
        stage.stage(place / "source")
    except stage.StageError as error:
        print(error, file=sys.stderr)
        return 1
    if any(sphinx(place, language) for language in ("en", *sorted(path.name for path in stage.LOCALE.iterdir()))):
        return 1
    print(f"Built in {time.monotonic() - began:.0f} s: {place / 'html' / 'index.html'}")
    return 0


def install() -> None:
    """Make `.lab/site/environment`, unless it is what the lock says. Raises: SetupError."""
    tool_environment.install(ENVIRONMENT, LOCK, "what builds the web edition")


def sphinx(place: Path, language: str, builder: str = "html") -> int:
    """Build all pages anew, other languages in a folder of theirs. A warning is an error: a link to nowhere is one."""
    options = ("--quiet", "--fresh-env", "--write-all", "--jobs=auto", "--fail-on-warning", f"--conf-dir={HERE}")
    said = (f"--define=language={language}", f"--builder={builder}", f"--doctree-dir={place / 'doctrees' / language}")
    folders = (place / "source", place / builder / ("" if language == "en" else language))
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # our conf.py is no package's
    return subprocess.run(
        [paths.python_in(ENVIRONMENT), "-m", "sphinx", *options, *said, *folders], env=environ
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
