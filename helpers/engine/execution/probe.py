"""`python -m helpers.engine.execution.probe`: print, as JSON, how functions are isolated on this machine.

`{"isolation": "namespaces" | "plain", "reason": why not better, or ""}`, or "none" where the engine would not start.
The real thing is tried out: settings tell too little, since containers refuse by seccomp and Ubuntu by AppArmor, some
of them only after a namespace has been made.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from .. import settings
from . import folders, zygote_client


def main() -> None:
    """Print the line."""
    try:
        chosen = settings.current()
        for folder in (chosen.tmp, chosen.root):  # both are written to; unmarked, the engine would not take them
            folders.take(folder)
    except ValueError as error:
        print(json.dumps({"isolation": "none", "reason": str(error)}))
    else:
        print(json.dumps(asdict(zygote_client.probe(chosen))))


if __name__ == "__main__":
    main()
