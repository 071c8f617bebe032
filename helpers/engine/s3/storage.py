"""Storage of S3 objects: the engine's own folder, which nobody else can read.

LocalStack 4.9.2 keeps them in `/tmp/localstack-s3-storage`, which all engines and users of a machine would share: who
made it first kept the others from making buckets.
"""

from __future__ import annotations

from typing import Any

from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore

from .. import settings


def init(original: Any, self: EphemeralS3ObjectStore, root_directory: str | None = None) -> None:
    """Wrap `EphemeralS3ObjectStore.__init__`: our folder, whichever LocalStack names."""
    folder = settings.current().tmp / "s3"
    folder.mkdir(mode=0o700, exist_ok=True)
    original(self, str(folder))
