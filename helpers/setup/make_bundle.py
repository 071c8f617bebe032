"""``make bundle``: one archive with which a machine like this one, without a network, goes to a first invocation.

In it: the repository at HEAD, and a folder ``bundle/`` with a wheel (or source package) for each line of the locks that
the set-up reads, Node.js among them, and npm's caches. Its own are those of the environments here, so those are there.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from helpers.setup import bundle, paths, steps
from helpers.setup.commands import Commands, SetupError
from helpers.setup.run import environment
from helpers.state.home import ROOT, lab_home

LOCKS = (
    paths.REQUIREMENTS,
    paths.ENGINE_REQUIREMENTS,
    paths.DURABLE_REQUIREMENTS,
    paths.NODEJS_REQUIREMENTS,
    paths.NODEJS22_REQUIREMENTS,
    paths.PYTHON_RUNTIME_REQUIREMENTS,
    paths.LAB_REQUIREMENTS,
)
WHAT = "the packages of the bundle"


def main() -> int:
    """Make the archive and print where it is. Return the exit status: 0 done, 1 failed (a sentence says why)."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    name = f"lambda-labs-{version}"
    archive = ROOT / "dist" / f"{name}-{bundle.machine()}.tar"
    log = lab_home() / "bundle.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("")
    archive.parent.mkdir(exist_ok=True)
    try:
        refuse_changes()
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix="bundle-") as folder:
            gather(Commands(log, environment(dict(os.environ))), Path(folder))
            pack(name, Path(folder), archive)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.0f} MB, for {bundle.machine()}. There:")
    print(f"    tar xf {archive.name} && cd {name} && make lab")
    return 0


def refuse_changes(root: Path = ROOT) -> None:
    """Raise SetupError unless the working tree is HEAD: packages are those of its locks, files those of HEAD."""
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True)
    if status.returncode:
        raise SetupError("A bundle is made from a clone of the repository, and this folder is none: clone it with git.")
    if status.stdout:
        raise SetupError("A bundle holds what is committed, and there are changes here: commit or stash them first.")


def gather(commands: Commands, place: Path) -> None:
    """Put the packages into a folder. What comes as source only is not built, but pip looks into it with setuptools,
    which therefore is there before, from its own lock."""
    wheels, tools = place / "wheels", place / "setuptools"
    locked = ("--require-hashes", "--no-deps")
    builds = ("-r", paths.BUILD_REQUIREMENTS)
    commands.run(WHAT, *steps.pip(), "install", *locked, "--no-user", "--target", tools, *builds)
    for lock in (paths.BUILD_REQUIREMENTS, *LOCKS):
        download = ("download", *locked, "--no-build-isolation", "--dest", wheels, "-r", lock)
        commands.run(WHAT, *steps.pip(), *download, PYTHONPATH=str(tools))
    steps.remove(tools)
    project = place / "project"  # installing is how npm fills a cache
    project.mkdir()
    runtime = (paths.NODEJS_RUNTIME_PACKAGE, paths.NODEJS_RUNTIME_LOCK)
    steps.npm_ci(commands, WHAT, project, *runtime, "--cache", place / "npm")
    steps.remove(project)
    shutil.copytree(paths.LAB_PACKAGES / "npm", place / "lab-npm")
    shutil.copyfile(paths.LAB_PACKAGES / "registry", place / bundle.REGISTRY)
    (place / bundle.MADE_FOR).write_text(bundle.machine() + "\n")


def pack(name: str, place: Path, archive: Path, root: Path = ROOT) -> None:
    """Write the archive: HEAD of the repository, and the packages. Not compressed, for packages are."""
    new = archive.with_suffix(".new")
    subprocess.run(
        ["git", "archive", f"--prefix={name}/", f"--output={new}", "--format=tar", "HEAD"], cwd=root, check=True
    )
    with tarfile.open(new, "a") as tar:
        tar.add(place, f"{name}/bundle", filter=nobodys)
    os.replace(new, archive)


def nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return an entry of the archive without this machine's user, and readable by everyone."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode |= 0o755 if entry.isdir() else 0o644
    return entry


if __name__ == "__main__":
    sys.exit(main())
