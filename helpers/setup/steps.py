"""The steps that build each component of the set-up. ``run`` finds out which components are there already."""

import json
import os
import shutil
import stat
from pathlib import Path

from helpers.setup import bundle, paths, pip_settings, stamps
from helpers.setup.commands import Commands, SetupError
from helpers.setup.components import (
    ENGINE_ENVIRONMENT,
    JUPYTER_SERVER,
    JUPYTER_SETTINGS,
    JUPYTERLAB_SETTINGS,
    LAB_PACKAGES,
    LEARNER,
    NODE,
    NODEJS_CLIENTS,
    NPM,
    PYTHON,
    UV,
    runs,
)
from helpers.setup.paths import ENGINE, VENV
from helpers.state.home import ROOT

DURABLE = "the emulator of durable executions"
MODULES = (  # of a lab: its kernel, what it imports, JupyterLab, the command `aws`, nbval
    "awscli.clidriver",
    "awscli.handlers",
    "boto3.session",
    "helpers.lab",
    "helpers.widgets",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipywidgets",
    "jupyter_lsp",
    "jupyter_server_terminals",
    "jupyterlab.labapp",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "nbclient",
    "nbval.plugin",
)
SERVICES = ("apigateway.next_gen", "cloudwatch", "events", "iam", "lambda_", "logs", "s3", "sns", "sqs", "sts")


def learner_base(commands: Commands) -> None:
    """Make ``.venv`` if there is none that works, and put uv into it."""
    if stamps.interrupted(VENV) or not runs(VENV):
        remove(VENV)
    stamps.begin(VENV)
    if not (VENV / "bin" / "pip").exists():
        commands.run(LEARNER.name, paths.base_python(), "-m", "venv", VENV)
    if not UV.exists() or commands.run("uv", UV, "--version").split()[1] != paths.uv_version():
        pinned = VENV / "uv.txt"  # pip takes hashes from a file only
        pinned.write_text(paths.uv_requirement())
        usual = ("--no-user", "--retries", "2", "--only-binary=:all:")  # pip.conf may say user = true
        commands.run("uv", *pip(), "install", *usual, "--require-hashes", "-r", pinned)


def follow_pip(commands: Commands) -> None:
    """Give uv the configuration that the user gave pip."""
    listing = commands.run("uv", *pip(), "config", "list", secret=True)
    commands.environ |= pip_settings.for_uv(pip_settings.parse(listing), commands.environ)


def learner(commands: Commands) -> None:
    """Fill ``.venv``. Packages that the learner added with pip stay; locked ones get their locked releases.

    What labs use is imported once, which compiles it: where PYTHONDONTWRITEBYTECODE is set, as in many containers, each
    `aws` and each kernel would compile it again. matplotlib lists the machine's fonts when it is first imported, which
    takes seconds, and says so in the notebook.
    """
    install(commands, LEARNER.name, VENV, paths.REQUIREMENTS)
    install_helpers(commands, VENV)
    commands.run(LEARNER.name, paths.python_in(VENV), "-c", f"import {', '.join(MODULES)}")
    overrides = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    for place, settings in ((overrides, JUPYTERLAB_SETTINGS), (JUPYTER_SETTINGS, JUPYTER_SERVER)):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(settings, indent=2))
    LEARNER.finish()


def engine_base(commands: Commands) -> None:
    """Make ``.engine`` afresh, with Node.js in it, which the Node.js runtime needs."""
    remove(ENGINE)
    commands.run(ENGINE_ENVIRONMENT.name, UV, "venv", "--quiet", "--python", paths.base_python(), ENGINE)
    stamps.begin(ENGINE)
    install(commands, "Node.js", ENGINE, paths.NODEJS_REQUIREMENTS)


def engine(commands: Commands) -> None:
    """Fill ``.engine``, and import what the labs use of LocalStack, so that the first start is as quick as later ones.

    Importing compiles a tenth of the environment, in 3 s; compiling all of it would take 20 s and 100 MB.
    """
    install(commands, ENGINE_ENVIRONMENT.name, ENGINE, paths.ENGINE_REQUIREMENTS)
    # Apart: it asks for a newer boto3 than LocalStack runs with, and does with that one (durable.in).
    into = ("--no-deps", "--compile-bytecode", "--target", paths.DURABLE)
    install(commands, DURABLE, ENGINE, paths.DURABLE_REQUIREMENTS, *into)
    install_helpers(commands, ENGINE)
    providers = ", ".join(f"localstack.services.{service}.provider" for service in SERVICES)
    imports = f"import localstack.runtime.main, localstack.aws.app, {providers}"
    commands.run(ENGINE_ENVIRONMENT.name, paths.python_in(ENGINE), "-c", imports)
    commands.run(ENGINE_ENVIRONMENT.name, paths.python_in(ENGINE), "-m", "helpers.engine.server.service_catalog")
    open_to_functions(ENGINE / "bin", paths.site_packages(ENGINE))
    ENGINE_ENVIRONMENT.finish()


def python_runtime(commands: Commands) -> None:
    """Install what AWS preinstalls for Python functions, compiled: functions cannot write here, and without .pyc boto3
    takes 0.5 s longer."""
    remove(PYTHON.place)
    stamps.begin(PYTHON.place)
    into = ("--compile-bytecode", "--target", PYTHON.place)
    install(commands, PYTHON.name, ENGINE, paths.PYTHON_RUNTIME_REQUIREMENTS, *into)
    (PYTHON.place / ".lock").unlink(missing_ok=True)  # uv's, writable by everyone
    open_to_functions(ENGINE, PYTHON.place.parent, recursive=False)
    open_to_functions(PYTHON.place)
    PYTHON.finish()


def nodejs_runtime(commands: Commands) -> None:
    """Install what AWS preinstalls for Node.js functions."""
    place = NODEJS_CLIENTS.place
    remove(place)
    stamps.begin(place)
    npm_ci(commands, NODEJS_CLIENTS.name, place, paths.NODEJS_RUNTIME_PACKAGE, paths.NODEJS_RUNTIME_LOCK)
    open_to_functions(place)
    NODEJS_CLIENTS.finish()


def lab_packages(commands: Commands) -> None:
    """Download what a lab's own `pip install` and `npm install` need without a network: wheels, and a cache of npm's.

    Wheels only: functions run with this Python on this machine, and nothing is to be compiled here.
    """
    place = LAB_PACKAGES.place
    remove(place)
    stamps.begin(place)
    wheels = ("download", "--require-hashes", "--no-deps", "--only-binary=:all:", "--dest", place / "wheels")
    commands.run(LAB_PACKAGES.name, *pip(), *wheels, "-r", paths.LAB_REQUIREMENTS)
    bundle.fill_cache(place / "npm")
    project = place / "project"  # installing is how npm fills a cache
    project.mkdir()
    for package, lock in paths.LAB_PROJECTS.items():
        npm_ci(commands, LAB_PACKAGES.name, project, package, lock, "--cache", place / "npm")
    # What is in the cache is filed under the registry's address: offline, npm has to be told the same one.
    ask = ("config", "get", "registry", "--loglevel", "silent")
    registry = commands.run(LAB_PACKAGES.name, NODE, NPM, *ask, cwd=project, secret=True)
    (place / "registry").write_text(registry.strip())
    remove(project)
    LAB_PACKAGES.finish()


def npm_ci(commands: Commands, what: str, project: Path, package: Path, lock: Path, *options: "str | Path") -> None:
    """``npm ci`` in a folder, of what the lock names. No install scripts: what is installed works without."""
    for file in (package, lock):
        shutil.copyfile(file, project / file.name)
    path = f"{NODE.parent}{os.pathsep}{commands.environ.get('PATH', os.defpath)}"
    usual = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--prefer-offline")
    commands.run(what, NODE, NPM, "ci", *usual, *options, cwd=project, PATH=path)


def pip() -> tuple["str | Path", ...]:
    """The start of a pip command for ``.venv``."""
    return (paths.python_in(VENV), "-m", "pip", "--disable-pip-version-check", "--no-input")


def install(commands: Commands, what: str, environment: Path, lock: Path, *options: "str | Path") -> None:
    """Install a lock into an environment with ``uv pip install``: only files whose hash the lock has.

    Source distributions are built with the releases of another such lock, since setuptools runs here, too.
    """
    builds = ("--preview-features", "build-dependency-hashes", "--require-build-hashes")
    verified = ("--require-hashes", *builds, "--build-constraints", paths.BUILD_REQUIREMENTS)
    into = ("--python", paths.python_in(environment))
    commands.run(what, UV, "pip", "install", *into, *verified, *options, "-r", lock)


def install_helpers(commands: Commands, environment: Path) -> None:
    """Install this package, editable: `import helpers` works from labs/, and LocalStack finds our entry points.

    It is installed again each time, since its command `aws` has to replace awscli's. Offline: nothing without a hash is
    fetched, and nothing has to be, since uv contains the build backend.
    """
    ours = ("--offline", "--no-deps", "--reinstall", "--editable", ROOT)
    commands.run("the helpers package", UV, "pip", "install", "--python", paths.python_in(environment), *ours)


def remove(place: Path) -> None:
    """Delete a folder of ours. Raises SetupError if that is refused."""
    try:
        if place.is_symlink():
            place.unlink()
        elif place.exists():
            shutil.rmtree(place)
    except OSError as error:
        sentence = f"{place} cannot be removed ({error.strerror}): delete it and run `make setup` again."
        raise SetupError(sentence) from error


def open_to_functions(*folders: Path, recursive: bool = True) -> None:
    """Make folders readable by everyone: functions run as an unprivileged user, and the umask at set-up may be 077."""
    for top in folders:
        for folder, _, files in os.walk(top):
            for path in (folder, *(os.path.join(folder, name) for name in files if recursive)):
                mode = os.lstat(path).st_mode
                wanted = mode | 0o444 | (0o111 if mode & stat.S_IXUSR else 0)
                if wanted != mode and not stat.S_ISLNK(mode):
                    os.chmod(path, stat.S_IMODE(wanted))
            if not recursive:
                break
