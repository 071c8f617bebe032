"""Packages for functions: options with which pip and npm install from a folder that the set-up has filled.

A classroom may have no internet access. `make setup` therefore downloads the wheels and npm packages of the locks
beside this file, for this Python and this machine, on which the embedded engine runs functions. In a lab:

    !pip install {packages.PIP_OFFLINE} --target layer/python requests
    !cd project && {packages.NPM} install {packages.NPM_OFFLINE}

Without the options the same commands fetch the newest releases from the internet.
"""

import shlex
import shutil
from pathlib import Path

from helpers.setup import components, paths

WHEELS = paths.LAB_PACKAGES / "wheels"
NPM_CACHE = paths.LAB_PACKAGES / "npm"
REGISTRY = paths.LAB_PACKAGES / "registry"

# For `pip install`: no index, only our wheels, which the set-up has verified against the lock; without a word unless
# something fails. The lock itself would not do as a constraint: pip then wants a hash for what is asked for, too.
PIP_OFFLINE = (
    f"--quiet --no-compile --no-index --find-links {shlex.quote(str(WHEELS))} "
    "--no-user"  # pip.conf may say user = true
)
# npm itself, which comes with our Node.js: nothing of it has to be on the PATH.
NPM = f"{shlex.quote(str(components.NODE))} {shlex.quote(str(components.NPM))}"
# For `npm install`: our cache instead of the network, asked as the set-up asked; no audit, adverts or animation.
# Even offline npm would ask the registry, once a week, whether there is a newer npm.
NPM_OFFLINE = (
    f"--offline --cache {shlex.quote(str(NPM_CACHE))} --registry {shlex.quote(REGISTRY.read_text())} "
    "--loglevel error --no-progress --no-audit --no-fund --no-update-notifier"
)


def node_project(folder: Path) -> None:
    """Put package.json and its lock into `folder`, created if missing, as `npm install axios` would write them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (paths.LAB_PACKAGE, paths.LAB_PACKAGE_LOCK):
        shutil.copyfile(path, folder / path.name)
