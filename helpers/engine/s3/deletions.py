"""DeleteObjects: each key is judged by itself, and what may not be deleted is an error in the answer.

Amazon S3 API Reference, "DeleteObjects" (2026-11): the request succeeds, with status 200, and for a key without
permission the answer has an error `AccessDenied`. With a version, a key takes `s3:DeleteObjectVersion`.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.s3.provider import S3Provider

from ..iam import decisions, enforcement
from ..iam.services.s3 import bucket_owner
from ..iam.targets import Target


def delete_objects(
    original: Any, self: S3Provider, context: RequestContext, bucket: str, delete: Any, *arguments: Any, **options: Any
) -> Any:
    """Wrap `S3Provider.delete_objects`."""
    refused: list[dict[str, Any]] = []
    caller = enforcement.judged(context)
    if caller is not None:
        owner = bucket_owner(bucket) or context.account_id
        admitted = []
        for entry in delete.get("Objects") or ():
            action = "s3:DeleteObjectVersion" if entry.get("VersionId") else "s3:DeleteObject"
            target = Target(action, f"arn:aws:s3:::{bucket}/{entry['Key']}", owner)
            try:
                decisions.require(caller, context, [target])
                admitted.append(entry)
            except CommonServiceException as error:
                refused.append({**entry, "Code": error.code, "Message": error.message})
        delete = {**delete, "Objects": admitted}
    if refused and not delete["Objects"]:
        self._get_cross_account_bucket(context, bucket)  # which may not be there
        return {"Errors": refused}
    answer = original(self, context, bucket, delete, *arguments, **options)
    if refused:
        answer["Errors"] = [*answer.get("Errors", ()), *refused]
    return answer
