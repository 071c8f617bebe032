"""Rows for services that need few: SQS, S3."""

from __future__ import annotations

from .. import s3, sqs
from ..patching import Patch

SERVICES = "localstack.services"

ROWS = (
    Patch(f"{SERVICES}.sqs.provider:QueueUpdateWorker.start", sqs.start, "edd9f8d1a72a", "looks once a second"),
    Patch(
        f"{SERVICES}.s3.storage.ephemeral:EphemeralS3ObjectStore.__init__",
        s3.init,
        "153586ba9ff1",
        "keeps objects in /tmp",
        around=True,
    ),
)
