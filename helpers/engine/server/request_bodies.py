"""Size limits of request bodies: as they arrive (`front.connection`), and again when they are decompressed.

LocalStack 4.9.2 takes what comes, to memory or to a file, before anybody looks at it: an endless upload filled the
disk, and 10 MB of gzip became 10 GB of memory. What is refused here is more than the service accepts on AWS. Where
LocalStack or `limits` refuse less than that, in the words of the operation, they still do.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tempfile
import zlib
from io import BytesIO
from typing import IO
from xml.sax.saxutils import escape

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

KB, MB, GB = 1024, 1024**2, 1024**3

# Bytes of a request, by the service that its signature names. Quotas of 2026-11, from each service's own page.
LIMITS = {
    "s3": 5 * GB,  # PutObject and UploadPart, "Uploading objects"; headers of chunks come on top
    "lambda": 72 * MB,  # "Lambda quotas": 70,167,211 with a zip file, which `package_limits` refuses by operation
}
# Everybody else, and who signs in no header or query: DynamoDB's BatchWriteItem may have the most, 16 MB, binary values
# in Base64. Kinesis' PutRecords 10 MB, API Gateway 10 MB, function URLs 6 MB, SQS 1 MB, templates 51,200 bytes, …
OTHERS = 24 * MB
S3_OVERHEAD = 64 * MB  # signatures of chunks
FREE_BYTES = 512 * MB  # that a body has to leave on the disk it is put aside on
MEMORY_BYTES = MB  # of a body that is kept in memory
LOOK_EVERY_BYTES = 64 * MB

SCOPE = re.compile(rb"Credential=[^/,\s]+/\d{8}/[^/,\s]+/([a-z0-9-]+)/aws4_request")
QUERY_SCOPE = re.compile(rb"[?&]X-Amz-Credential=[^&/%]+(?:%2F|/)\d{8}(?:%2F|/)[^&/%]+(?:%2F|/)([a-z0-9-]+)(?:%2F|/)")
FORMS = (b"application/x-www-form-urlencoded", b"multipart/form-data")


class TooLargeError(Exception):
    """A body that is too large; says so in one sentence."""


def service_of(authorization: bytes, uri: bytes) -> str:
    """Return the service that a signature names, "" without one; it is not verified yet."""
    found = SCOPE.search(authorization) or QUERY_SCOPE.search(uri)
    return found[1].decode() if found else ""


def limit_of(service: str, content_type: bytes = b"") -> int:
    """Return the limit in bytes. Forms are read into memory, whichever service they are for."""
    if content_type.lower().startswith(FORMS):
        return OTHERS
    return LIMITS.get(service, OTHERS) + (S3_OVERHEAD if service == "s3" else 0)


def check(size: int, limit: int) -> None:
    """Raise TooLargeError for a body of `size` bytes (so far) above `limit` or what the disk has room for."""
    if size > limit:
        raise TooLargeError(f"Request must be smaller than {limit} bytes.")
    if size > LOOK_EVERY_BYTES and shutil.disk_usage(tempfile.gettempdir()).free < FREE_BYTES:
        raise TooLargeError("The disk that the engine keeps its files on is full; remove something from it.")


class Body:
    """A request's body as it arrives, within its limit; a large one is put aside in a file.

    `authorization`, `uri` and `content_type` are the request's. Methods raise TooLargeError and OSError.
    """

    def __init__(self, authorization: bytes, uri: bytes, content_type: bytes) -> None:
        self.service = service_of(authorization, uri)
        self.content_type = content_type
        self.limit = limit_of(self.service, content_type)
        self.size, self.looked = 0, 0
        self.file: IO[bytes] = BytesIO()

    def announce(self, length: int) -> None:
        """So many bytes are going to come. Who would send too many is told so before it does."""
        check(length, self.limit)

    def add(self, data: bytes) -> None:
        """Keep a part."""
        self.size += len(data)
        if self.size > self.limit or self.size > self.looked + LOOK_EVERY_BYTES:
            self.looked = self.size
            check(self.size, self.limit)
        if self.size > MEMORY_BYTES and isinstance(self.file, BytesIO):
            kept = self.file.getvalue()
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the exchange)
            self.file.write(kept)
        self.file.write(data)

    def whole(self) -> IO[bytes]:
        """The body, from its beginning."""
        self.file.seek(0)
        return self.file

    def refusal(self, reason: str) -> tuple[dict[str, str], bytes]:
        """Headers and body of a 413; what has come is dropped."""
        self.file.close()
        return answer(reason, self.service, self.content_type)


def answer(reason: str, service: str, content_type: bytes = b"") -> tuple[dict[str, str], bytes]:
    """Return headers and body of a refusal, in the protocol of the service if it is known."""
    if service == "s3":
        body = f"<Error><Code>EntityTooLarge</Code><Message>{escape(reason)}</Message></Error>"
        return {"Content-Type": "application/xml"}, body.encode()
    if content_type.lower().startswith(FORMS):
        error = f"<Type>Sender</Type><Code>RequestEntityTooLarge</Code><Message>{escape(reason)}</Message>"
        return {"Content-Type": "text/xml"}, f"<ErrorResponse><Error>{error}</Error></ErrorResponse>".encode()
    body = json.dumps({"Type": "User", "message": reason})
    return {"Content-Type": "application/json", "x-amzn-ErrorType": "RequestEntityTooLargeException"}, body.encode()


def decode(self: object, chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """Replace `ContentDecoder.__call__`: decompress gzip within the limit; for S3 it is part of the object."""
    request = context.request
    service = service_of(request.headers.get("Authorization", "").encode(), request.full_path.encode())
    is_s3 = service == "s3" or (context.service and context.service.service_name == "s3")
    if is_s3 or (request.content_encoding or "").lower() != "gzip":
        return
    form = (request.content_type or "").encode()
    limit = limit_of(service, form)
    status, reason = 413, f"Request must be smaller than {limit} bytes."
    try:
        with gzip.GzipFile(fileobj=request.stream) as file:
            body = file.read(limit + 1)
    except (OSError, EOFError, zlib.error):
        status, reason, body = 400, "The body is not what its Content-Encoding says: gzip.", None
    if body is None or len(body) > limit:
        headers, text = answer(reason, service, form)
        chain.respond(status, text, headers=headers)
        body = b""
    request.stream = BytesIO(body)
    request.headers["Content-Encoding"] = "identity"
