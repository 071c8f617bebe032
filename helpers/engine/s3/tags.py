"""CreateBucket with tags.

Amazon S3 API Reference, "CreateBucketConfiguration", and Amazon S3 User Guide, "Creating general purpose buckets with
tags" (2026-11): general purpose buckets take them, too; a configuration may have tags and no region; creating with tags
needs `s3:TagResource` (`iam/services/s3.py`).
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.s3.provider import S3Provider
from localstack.services.s3.utils import validate_tag_set


def create_bucket(original: Any, self: S3Provider, context: RequestContext, request: dict[str, Any]) -> Any:
    """Wrap `S3Provider.create_bucket`."""
    configuration = request.get("CreateBucketConfiguration") or {}
    tags = configuration.get("Tags")
    if not tags:
        return original(self, context, request)
    validate_tag_set(tags, type_set="bucket")
    where = {name: value for name, value in configuration.items() if name != "Tags"}
    name = request["Bucket"]
    new = name not in self.get_store(context.account_id, context.region).global_bucket_map
    answer = original(self, context, {**request, "CreateBucketConfiguration": where or None})
    if new:
        self.put_bucket_tagging(context, name, {"TagSet": tags})
    return answer
