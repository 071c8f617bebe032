"""A bundle's packages: the folder ``bundle/`` in an unpacked archive of ``make bundle``.

Where it lies, pip, uv and npm take packages from it and ask no network; hashes are checked as ever. Delete the folder
and the set-up downloads again.
"""

import os
import platform
import shutil
import sys
from pathlib import Path

from helpers.setup import paths
from helpers.setup.commands import SetupError

MADE_FOR, REGISTRY = "made-for", "registry"  # files: for which machine; under which address npm has filed its packages
# The user's own would lead elsewhere, or hold what an index has to be asked for.
LEFT_OUT = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX", "UV_FIND_LINKS", "PIP_", "NPM_CONFIG_")


def machine() -> str:
    """Return what the wheels of a bundle depend on, as in ``linux-x86_64-python3.13``."""
    return f"{platform.system()}-{platform.machine()}-python{sys.version_info[0]}.{sys.version_info[1]}".lower()


def offline(environ: "dict[str, str]", place: Path = paths.BUNDLE) -> "dict[str, str]":
    """Return the environment in which commands find packages in the bundle only; ``environ`` where there is none.

    uv is given pip's part of it, as always (`pip_settings`). Raises SetupError if the bundle is for another machine.
    """
    if not place.is_dir():
        return environ
    made_for = (place / MADE_FOR).read_text().strip()
    if made_for != machine():
        raise SetupError(
            f"The packages in {place} are for {made_for}, and this is {machine()}: name a Python that fits "
            f"(make setup PYTHON=/path/to/python3), take the bundle for this machine, or delete {place} to download."
        )
    kept = {name: value for name, value in environ.items() if not name.upper().startswith(LEFT_OUT)}
    return kept | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": (place / "wheels").as_uri(),  # pip splits a path at its spaces
        "UV_NO_CONFIG": "1",
        "UV_OFFLINE": "1",
        "npm_config_userconfig": os.devnull,
        "npm_config_cache": str(place / "npm"),
        "npm_config_offline": "true",
        "npm_config_registry": (place / REGISTRY).read_text().strip(),
    }


def fill_cache(cache: Path, place: Path = paths.BUNDLE) -> None:
    """Fill a cache of npm's that learners will use from the bundle's; do nothing where there is none."""
    if place.is_dir():
        shutil.copytree(place / "lab-npm", cache)
