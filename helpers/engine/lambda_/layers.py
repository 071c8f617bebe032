"""Merging layers: several archives become one folder, `/opt`; later layers overwrite earlier ones.

AWS: layers are extracted in the order in which the function lists them, and files of the same name are
overwritten (Developer Guide, "Adding layers to functions", 2026-11). LocalStack's open-source core skips this.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

from localstack.services.lambda_.invocation.lambda_models import LayerVersion

from .. import settings
from . import code, overlay

_lock = threading.Lock()


def merge(versions: Sequence[LayerVersion], python: Path | None = None) -> Path | None:
    """Return the folder for `/opt`, None without layers. Merged once, then shared by all environments.

    `python` is the interpreter that the layers are compiled for.
    """
    folders = [code.unpack(version.code, python) for version in versions]
    if len(folders) <= 1:
        return folders[0] if folders else None
    # By archive, not by ARN: a layer version can be deleted and its number is never used again, but its name can.
    key = hashlib.sha256("\n".join(map(str, [*folders, python])).encode()).hexdigest()[:32]
    target = settings.current().tmp / "opt" / key
    with _lock:
        if not target.exists():
            with code.building(target) as merged:
                for folder in folders:
                    overlay.put(folder, merged)
    return target
