"""An attendee's server, run as the attendee: working copies, an engine, then JupyterLab as JupyterHub wants it.

On one machine the hub starts it (`hub`), on Kubernetes it is what a pod runs (`kubernetes/values.yaml`). JupyterHub's
packages come after the labs' own, and kernels do not get them.
"""

import os
import subprocess
import sys
from pathlib import Path

from classroom import environment
from helpers.backend.choice import choose
from helpers.errors import LabError
from helpers.jupyter import working_copies
from helpers.state.home import lab_home, writable


def prepare(home: Path) -> None:
    """Make what is not there yet: folders, the working copies in `my/`. Raises: LabError."""
    for folder in (lab_home(), Path(os.environ.get("TMPDIR") or "/tmp")):
        with writable(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
    working_copies.bring(my=home / "my")


def start_engine() -> None:
    """Start the attendee's own engine beside the server, unless they use another. A kernel waits for it."""
    if choose().backend == "embedded":
        with open(lab_home() / "up.log", "wb") as log:
            command = [sys.executable, "-m", "helpers", "up"]
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def main() -> None:
    """Become the server."""
    os.umask(0o077)
    try:
        prepare(Path.home())
        start_engine()
    except LabError as error:
        sys.exit(str(error))
    # jsonschema would compile a grammar for IRIs: a second of the processor for each server, and nothing has one.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    sys.path.append(str(environment.packages()))
    from jupyterhub.singleuser import main as serve

    serve()


if __name__ == "__main__":
    main()
