"""Guards: programs beside a test that look at the engine from within its environment, and print what they found."""

import json
import subprocess
from pathlib import Path
from typing import Any

from helpers.state.home import ROOT


def found_by(guard: Path) -> Any:
    """What a guard found."""
    command = [ROOT / ".engine/bin/python", guard]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"LAB_HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
