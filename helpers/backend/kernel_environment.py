"""The environment variables of a kernel or a terminal, so that `!aws ...` reaches the backend of the notebook.

Unless the backend is AWS, no ambient AWS credential, profile or configuration file is used. `~/.aws` is never changed.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

from helpers.backend.accounts import REGION
from helpers.backend.choice import SET_BY_US


def add_commands(environ: MutableMapping[str, str]) -> None:
    """Put the commands of this environment on the PATH: `!aws` has to work however the kernel was started."""
    commands = str(Path(sys.prefix) / "bin")
    path = environ.get("PATH", os.defpath)
    if commands not in path.split(os.pathsep):
        environ["PATH"] = commands + os.pathsep + path


def export(environ: MutableMapping[str, str], backend: str, endpoint: str, key: str, secret: str) -> None:
    """Point `environ` at a local backend, and put every ambient AWS setting out of the way.

    `key` and `secret`: access key id and secret access key of the account.
    """
    for name in [name for name in environ if name.startswith("AWS_")]:
        del environ[name]
    environ.update(
        {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": REGION,
            # Read instead of ~/.aws: there is nothing in it, and `aws configure` has nowhere to write.
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
    )
    # A proxy that the machine is set to use leads outside: the backend is not there.
    host = urlsplit(endpoint).hostname or ""
    for name in ("no_proxy", "NO_PROXY"):
        known = environ.get(name, "").split(",")
        environ[name] = ",".join(filter(None, [*known, *([] if host in known else [host])]))
    if backend == "embedded":
        environ[SET_BY_US] = endpoint
