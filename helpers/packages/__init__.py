"""Packages for functions: options with which pip and npm install from a folder that the set-up has filled.

A classroom may have no internet access. `make setup` therefore downloads the wheels and npm packages of the locks
beside this file, for this Python and this machine, on which the embedded engine runs functions. In a lab:

    !pip install {packages.PIP_OFFLINE} --target layer/python requests
    !cd project && {packages.NPM} install {packages.NPM_OFFLINE}

Without the options the same commands fetch the newest releases from the internet. There are two npm projects: that of
lab 05, and in `esbuild/` that of lab 08, with a bundler.
"""

import shlex
import shutil
from pathlib import Path

from helpers.setup import components, paths

WHEELS = paths.LAB_PACKAGES / "wheels"
NPM_CACHE = paths.LAB_PACKAGES / "npm"
REGISTRY = paths.LAB_PACKAGES / "registry"
BUNDLER = paths.BUNDLER_PACKAGE

# For `pip install`: no index, only our wheels, which the set-up has verified against the lock; without a word unless
# something fails. The lock itself would not do as a constraint: pip then wants a hash for what is asked for, too.
PIP_OFFLINE = (
    f"--quiet --no-compile --no-index --find-links {shlex.quote(str(WHEELS))} "
    "--no-user"  # pip.conf may say user = true
)
# Node.js, and npm, which comes with it: nothing of them has to be on the PATH.
NODE = shlex.quote(str(components.NODE))
NPM = f"{NODE} {shlex.quote(str(components.NPM))}"
# For `npm install`: our cache instead of the network, asked as the set-up asked; no audit, adverts or animation; no
# install scripts, which would look for node on the PATH: esbuild's only checks what was installed.
# Even offline npm would ask the registry, once a week, whether there is a newer npm.
NPM_OFFLINE = (
    f"--offline --cache {shlex.quote(str(NPM_CACHE))} --registry {shlex.quote(REGISTRY.read_text())} "
    "--ignore-scripts --loglevel error --no-progress --no-audit --no-fund --no-update-notifier"
)


def node_project(folder: Path, package: Path = paths.LAB_PACKAGE) -> None:
    """Put package.json and its lock into `folder`, created if missing, as `npm install` would write them.

    `package`: that of lab 05 (axios), or BUNDLER of lab 08 (esbuild, and lodash to be bundled).
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in (package, paths.LAB_PROJECTS[package]):
        shutil.copyfile(path, folder / path.name)
