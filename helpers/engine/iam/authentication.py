"""Authentication: every request's signature is verified, as on AWS. `LAB_AUTH=off` leaves this out.

| request | verified by |
|---|---|
| Authorization header, version 4 | `verify_signature` |
| presigned, version 4 | `verify_signature`; for S3, LocalStack, as `s3_signatures` has it |
| presigned for S3, version 2 (what boto3 still makes by default) | LocalStack, likewise |
| form for S3 (POST), versions 4 and 2 | `s3_signatures` |
| from a service of this process | nobody: it cannot come from outside (`internal_calls`) |

Not as on AWS: no signatures of version 4a, none of version 2 in a header; of the chunks of a streamed upload, only the
first signature (the header's) is verified.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Request, Response

from .. import settings
from . import access_keys, callers, internal_calls, messages, s3_signatures, signatures

RAW = "lab.headers"
MINUTES = {"s3": 15, "sts": 15}  # a clock may be wrong by as much; 5 elsewhere
_SHA256 = re.compile("[0-9a-f]{64}")


def handle(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain: `authenticate`, for requests to services."""
    if context.service is not None and context.operation is not None:
        authenticate(context)


def authenticate(context: RequestContext) -> None:
    """Refuse a request from outside that is not signed by whom it names, with AWS's error."""
    if internal_calls.is_internal(context.request):
        return
    presigned = "" if callers.key_in_header(context.request) else callers.key_in_query(context.request)
    # Images of a web page need not say where they come from: what a URL can do, it must be able to prove.
    proven = settings.current().auth and not access_keys.is_root(presigned)
    if presigned and context.service.service_name != "s3" and not proven:
        raise messages.key_in_url(context)
    if presigned:  # LocalStack looks for the account in headers alone
        context.account_id = get_account_id_from_access_key_id(presigned)
    if settings.current().auth:
        verify_signature(context)
    if presigned:
        _identify(context, presigned)


def _identify(context: RequestContext, key: str) -> None:
    """Name the key of a presigned request where LocalStack and moto look for it: in headers."""
    context.request.headers["x-moto-account-id"] = context.account_id
    if context.service.service_name != "s3":
        scope = f"{key}/19700101/{context.region}/{context.service.service_name}/aws4_request"
        context.request.headers["Authorization"] = f"{signatures.ALGORITHM} Credential={scope}"


def verify_signature(context: RequestContext) -> None:
    """Raise AWS's error unless the request is unsigned, or signed with the secret of the key it names."""
    request, in_s3 = context.request, context.service.service_name == "s3"
    key = callers.access_key(context)
    if callers.key_in_header(request):
        signature = _read(context, signatures.in_header, request.headers["Authorization"], raw_headers(request))
    elif not key:
        _refuse_other_schemes(context)
        return
    elif in_s3:
        _check_token(context, *s3_signatures.verify(context, key))
        return
    else:
        signature = _read(context, signatures.in_query, request.query_string.decode("latin-1"))
    known = access_keys.find_access_key(key, get_account_id_from_access_key_id(key))
    if known is None:
        raise messages.unknown_key(context.service.service_name)
    _check_time(context, signature)
    # The key, and with it the account, are read in more than one place: what is verified must be what counts there.
    same = signature.access_key == key and context.account_id == get_account_id_from_access_key_id(key)
    if not same or not hmac.compare_digest(_expected(context, signature, known.secret), signature.value):
        raise messages.wrong_signature(context)
    _check_token(context, known, signature.token)


def _read(context: RequestContext, read: Callable[..., signatures.Signature], *arguments: Any) -> signatures.Signature:
    try:
        signature = read(*arguments)
        signature.signed_at()
        if "host" not in signature.signed_headers:
            raise signatures.IncompleteSignatureError(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
            )
    except signatures.IncompleteSignatureError as error:
        raise messages.incomplete_signature(context, str(error)) from None
    return signature


def _refuse_other_schemes(context: RequestContext) -> None:
    """Refuse a header that is not a signature of version 4; LocalStack puts its own into requests without one."""
    given = raw_headers(context.request).get(b"authorization", [b""])[0].decode("latin-1")
    if given.startswith(signatures.ALGORITHM) or (given and context.service.service_name != "s3"):
        _read(context, signatures.in_header, given, raw_headers(context.request))
    if given:
        text = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
        raise CommonServiceException("InvalidRequest", text, 400, True)


def _check_time(context: RequestContext, signature: signatures.Signature) -> None:
    signed, now = signature.signed_at(), datetime.now(UTC).replace(microsecond=0)
    minutes = MINUTES.get(context.service.service_name, 5)
    age = (now - signed).total_seconds()
    late = age > (signature.expires if signature.expires is not None else minutes * 60)
    if late or age < -minutes * 60:
        raise messages.wrong_time(context, signed, now, minutes, late)


def _check_token(context: RequestContext, known: access_keys.AccessKey, token: str) -> None:
    if known.token and not hmac.compare_digest(known.token.encode(), token.encode()):
        raise messages.wrong_token(context)
    if known.expiration and known.expiration < datetime.now(UTC).replace(tzinfo=None):
        raise messages.expired_token(context)


def _expected(context: RequestContext, signature: signatures.Signature, secret: str) -> str:
    request, headers = context.request, raw_headers(context.request)
    target = request.environ["RAW_URI"]
    if not target.startswith("/"):  # as a proxy is asked: http://host/path
        target = "/" + target.partition("://")[2].partition("/")[2]
    return signatures.calculate(signature, secret, request.method, target, headers, _payload_hash(context, headers))


def _payload_hash(context: RequestContext, headers: signatures.Headers) -> str:
    """The hash of the body as it arrived. S3 believes the client how it is signed, and holds it to that."""
    said = headers.get(b"x-amz-content-sha256", [b""])[0].decode("latin-1")
    if context.service.service_name != "s3":
        return _body_hash(context.request)
    if not said:
        text = "Missing required header for this request: x-amz-content-sha256"
        raise CommonServiceException("InvalidRequest", text, 400, True)
    if _SHA256.fullmatch(said) and said != _body_hash(context.request):
        text = "The provided 'x-amz-content-sha256' header does not match what was computed."
        raise CommonServiceException("XAmzContentSHA256Mismatch", text, 400, True)
    return said


def _body_hash(request: Request) -> str:
    """The front has the whole body in memory or in a file; whoever reads it next finds it where it was."""
    body = request.environ["wsgi.input"]
    position = body.tell()
    body.seek(0)
    digest = hashlib.sha256()
    while data := body.read(1024 * 1024):
        digest.update(data)
    body.seek(position)
    return digest.hexdigest()


def raw_headers(request: Request) -> signatures.Headers:
    """The headers as they arrived, by lower-case name; LocalStack changes some of `request.headers`."""
    if RAW not in request.environ:
        found: dict[bytes, list[bytes]] = {}
        for name, value in request.environ["rolo.headers"]:
            found.setdefault(name.lower(), []).append(value)
        request.environ[RAW] = found
    return request.environ[RAW]
