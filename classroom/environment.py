"""What the classroom needs beside the labs' own environments: JupyterHub, and its proxy, in `.lab/classroom/`.

`python -m classroom.environment` installs JupyterHub's packages alone, which a server in the image needs.
"""

import os
import subprocess
import sys
from pathlib import Path

from classroom.places import ENVIRONMENT, HERE, PROXY
from helpers.setup import paths, run, tool_environment
from helpers.setup.commands import SetupError


def install() -> None:
    """Install both, unless they are what the locks say. Raises: SetupError."""
    install_hub()
    tool_environment.install_npm(PROXY, HERE / "package.json", HERE / "package-lock.json", "JupyterHub's proxy")


def install_hub() -> None:
    """Install JupyterHub's packages. Raises: SetupError."""
    if tool_environment.install(ENVIRONMENT, HERE / "requirements.txt", "JupyterHub"):
        compile_imports()


def compile_imports() -> None:
    """Import what an attendee's server does of them: it cannot write here, and each would compile it anew.

    What it has of the labs' packages, set-up has compiled.
    """
    code = f"import sys; sys.path.append({str(packages())!r}); import jupyterhub.singleuser.extension"
    subprocess.run([paths.python_in(paths.VENV), "-c", code], check=True, env=run.environment(dict(os.environ)))


def packages() -> Path:
    """Return the folder of JupyterHub's packages."""
    return paths.site_packages(ENVIRONMENT)


if __name__ == "__main__":
    try:
        install_hub()
    except SetupError as error:
        sys.exit(str(error))
