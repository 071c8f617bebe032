"""Guards: programs beside a test that look at the engine from within its environment, and print what they found."""

import json
import subprocess
from pathlib import Path
from typing import Any

from helpers.state.home import ROOT


def found_by(guard: Path, *given: Path) -> Any:
    """What a guard found, which may have been given files to look at."""
    command = [ROOT / ".engine/bin/python", guard, *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"LAB_HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
