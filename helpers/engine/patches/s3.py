"""Rows for S3, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..s3 import checksums, deletions, events, notification_rules, storage, tags

NOTIFICATIONS = "localstack.services.s3.notifications"

ROWS = (
    Patch(
        "botocore.httpchecksum:CrtCrc32cChecksum.update",
        checksums.update_crc32c,
        "05660c3d15f9",
        "was imported without awscrt",
    ),
    Patch(
        "botocore.httpchecksum:CrtCrc64NvmeChecksum.update",
        checksums.update_crc64nvme,
        "d9278419fbc4",
        "the same",
    ),
    Patch(
        "localstack.services.s3.storage.ephemeral:EphemeralS3ObjectStore.__init__",
        storage.init,
        "153586ba9ff1",
        "keeps objects in /tmp",
        around=True,
    ),
    Patch(
        "localstack.services.s3.provider:S3Provider.delete_objects",
        deletions.delete_objects,
        "f39c84e8186f",
        "lets everybody delete",
        around=True,
    ),
    Patch(
        "localstack.services.s3.provider:S3Provider.create_bucket",
        tags.create_bucket,
        "0f3431accbf6",
        "drops tags, and takes no configuration without a region",
        around=True,
    ),
    Patch(
        f"{NOTIFICATIONS}:S3EventNotificationContext.from_request_context_native",
        events.event_of_request,
        "76a1620cf6bd",
        "writes a space as %20, and local time as UTC",
        around=True,
    ),
    Patch(
        f"{NOTIFICATIONS}:BaseNotifier._get_event_payload",
        events.record,
        "ebcd89930d9b",
        "gives every event the same sequencer",
        around=True,
    ),
    Patch(
        f"{NOTIFICATIONS}:EventBridgeNotifier._get_event_payload",
        events.event_bridge_entry,
        "424ef47b5c4f",
        "the same; and encodes the key, which EventBridge gets as it is",
        around=True,
    ),
    *(
        Patch(
            f"{NOTIFICATIONS}:{notifier}.notify", events.notify, source, "keeps the trace header to itself", around=True
        )
        for notifier, source in (("LambdaNotifier", "10f934475086"), ("SnsNotifier", "b08507fa364e"))
    ),
    Patch(
        f"{NOTIFICATIONS}:NotificationDispatcher.verify_configuration",
        notification_rules.verify,
        "7d87907f20df",
        "keeps two rules for one object",
        around=True,
    ),
)
