"""What the classroom needs beside the labs' own environments: JupyterHub, and its proxy, in `.lab/classroom/`.

`python -m classroom.environment` installs JupyterHub's packages alone, which a server in the image needs.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from classroom.places import ENVIRONMENT, HERE, PROXY
from helpers.setup import paths, run, steps, tool_environment
from helpers.setup.commands import Commands, SetupError

IMPORTED = (
    "jupyterhub.singleuser.extension",
    "jupyterlab.labapp",
    "jupyter_lsp",
    "jupyter_server_terminals",
    "ipykernel.kernelapp",
    "helpers.lab",
    "helpers.widgets",
    "matplotlib.pyplot",
)
PACKAGE, PACKAGE_LOCK = HERE / "package.json", HERE / "package-lock.json"


def install() -> None:
    """Install both, unless they are what the locks say. Raises: SetupError."""
    install_hub()
    stamp, wanted = PROXY / "stamp", paths.fingerprint(PACKAGE_LOCK)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(PROXY, ignore_errors=True)
    PROXY.mkdir(parents=True)
    commands = Commands(run.writable_log(), run.environment(dict(os.environ)))
    steps.npm_ci(commands, "JupyterHub's proxy", PROXY, PACKAGE, PACKAGE_LOCK)
    stamp.write_text(wanted)


def install_hub() -> None:
    """Install JupyterHub's packages. Raises: SetupError."""
    tool_environment.install(ENVIRONMENT, HERE / "requirements.txt", "JupyterHub")
    compile_imports()


def compile_imports() -> None:
    """Import what an attendee's server and kernels do: they cannot write here, and each would compile it anew."""
    stamp, wanted = ENVIRONMENT / "compiled", paths.fingerprint(HERE / "requirements.txt", paths.REQUIREMENTS)
    if not (stamp.exists() and stamp.read_text() == wanted):
        code = f"import sys; sys.path.append({str(packages())!r}); import {', '.join(IMPORTED)}"
        subprocess.run([paths.python_in(paths.VENV), "-c", code], check=True)
        stamp.write_text(wanted)


def packages() -> Path:
    """Return the folder of JupyterHub's packages."""
    return paths.site_packages(ENVIRONMENT)


if __name__ == "__main__":
    try:
        install_hub()
    except SetupError as error:
        sys.exit(str(error))
