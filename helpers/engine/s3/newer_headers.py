"""Headers of requests that came after LocalStack 4.9.2, which would store an object and not heed them."""

from __future__ import annotations

import re

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..server.newer_members import absent

OPERATIONS = "CompleteMultipartUpload CopyObject CreateBucket CreateMultipartUpload PutObject UploadPart"
NEWER = re.compile(
    r"x-amz-(checksum-(md5|sha512|xxhash\w+)|object-lock-event-hold[\w-]*|object-annotation-directive|bucket-namespace)"
)
CONDITIONS = ("If-Match", "If-None-Match")  # of the object that a copy would replace


def refuse_headers(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before the OPERATIONS. Raises: NotImplemented (501) for a header that LocalStack leaves out."""
    headers = context.request.headers
    for name in [*headers.keys(), *headers.getlist("x-amz-trailer")]:
        if NEWER.fullmatch(name.lower()):
            raise absent(name, context)
    if context.operation.name == "CopyObject":
        for name in CONDITIONS:
            if name in headers:
                raise absent(name, context)
