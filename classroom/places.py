"""Where the classroom keeps what: all of it below `.lab/classroom/`, sockets below `/run`."""

import os
from pathlib import Path

from helpers.state.home import ROOT

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ.get("CLASSROOM_STATE") or ROOT / ".lab" / "classroom").absolute()
# JupyterHub's packages; the image has them elsewhere, for .lab/ is a volume there.
ENVIRONMENT = Path(os.environ.get("CLASSROOM_ENVIRONMENT") or ROOT / ".lab" / "classroom" / "environment")
PROXY = ROOT / ".lab" / "classroom" / "proxy"  # JupyterHub's proxy, of npm's
HUB = STATE / "hub"  # root's alone: passwords' hashes, database, the shared engine
HOMES = STATE / "home"  # a folder for each attendee, which is theirs alone
# Names of sockets have 107 bytes at most: a path within a home may be longer.
SOCKETS = Path("/run/lambda-labs")


def prepare() -> None:
    """Make the folders: attendees come through to what is theirs, and see no list of it."""
    for folder, mode in ((STATE, 0o711), (HUB, 0o700), (HOMES, 0o711), (SOCKETS, 0o711)):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
