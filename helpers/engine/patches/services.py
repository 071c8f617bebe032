"""Rows for services that need few: SQS, S3, CloudWatch Logs."""

from __future__ import annotations

from .. import s3, sqs
from ..logs import filter_patterns, retention
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
    Patch(
        f"{SERVICES}.logs.provider:get_pattern_matcher",
        filter_patterns.matcher,
        "2c5f3de28249",
        "lets every event pass",
    ),
    Patch(
        "moto.logs.models:LogStream.put_log_events",
        retention.put_log_events,
        "16317b7e99ec",
        "keeps everything",
        around=True,
    ),
)
