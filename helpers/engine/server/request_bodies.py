"""Size limits of request bodies: as they arrive, and again when they are decompressed.

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
from xml.sax.saxutils import escape

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from rolo.serving.twisted import TwistedRequestAdapter

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
LOOK_EVERY_BYTES = 64 * MB
LINGER_SECONDS = 5.0  # a refused client may go on sending for so long, or it would not read why it was refused

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


# -- as a body arrives, in Twisted's thread ------------------------------------------------------------------------


def got_length(self: TwistedRequestAdapter, length: int | None) -> None:
    """Replace `Request.gotLength`: headers have arrived, the body follows. `length` is None if unknown."""
    header = self.requestHeaders.getRawHeaders
    (authorization, *_), (content_type, *_) = header(b"authorization", [b""]), header(b"content-type", [b""])
    self.lab_service = service_of(authorization, self.channel._path)
    self.lab_form = content_type
    self.lab_limit = limit_of(self.lab_service, content_type)
    self.lab_size, self.lab_looked, self.lab_refused = 0, 0, False
    super(TwistedRequestAdapter, self).gotLength(length)
    try:
        check(length or 0, self.lab_limit)
    except TooLargeError as error:
        refuse(self, str(error))


def handle_content_chunk(self: TwistedRequestAdapter, data: bytes) -> None:
    """Replace `Request.handleContentChunk`: keep a part of the body, within the limit."""
    if self.lab_refused:
        return
    self.lab_size += len(data)
    try:
        if self.lab_size > self.lab_limit or self.lab_size > self.lab_looked + LOOK_EVERY_BYTES:
            self.lab_looked = self.lab_size
            check(self.lab_size, self.lab_limit)
        self.content.write(data)
    except (TooLargeError, OSError) as error:
        refuse(self, str(error))


def request_received(self: TwistedRequestAdapter, command: bytes, path: bytes, version: bytes) -> None:
    """Replace `Request.requestReceived`: leave forms to LocalStack, which parses them in another thread."""
    if self.lab_refused:
        self.channel.loseConnection()
        return
    if not utf8(path):  # Twisted's answer to it is an error of its own
        self.channel._respondToBadRequestAndDisconnect()
        return
    self.content.seek(0)
    self.method, self.uri, self.clientproto, self.args = command, path, version, {}
    self.path = path.partition(b"?")[0]
    self.process()


def utf8(path: bytes) -> bool:
    """Return whether path and query are valid UTF-8; they should be ASCII."""
    try:
        path.decode()
    except UnicodeDecodeError:
        return False
    return True


def refuse(request: TwistedRequestAdapter, reason: str) -> None:
    """Answer 413 and close the connection; what still arrives is discarded."""
    request.lab_refused = True
    request.requestHeaders.removeHeader(b"expect")  # or Twisted would say that it may go on
    request.content.seek(0)
    request.content.truncate()
    headers, body = answer(reason, request.lab_service, request.lab_form)
    lines = [b"HTTP/1.1 413 Request Entity Too Large", b"Connection: close", b"Content-Length: %d" % len(body)]
    lines += [f"{name}: {value}".encode() for name, value in headers.items()]
    channel = request.channel
    channel.persistent = False
    channel.transport.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    channel.callLater(LINGER_SECONDS, channel.transport.abortConnection)


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


# -- as it is decompressed, in the chain ---------------------------------------------------------------------------


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
