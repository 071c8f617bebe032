"""Signatures of S3 that are not in a header: those of presigned URLs, and of forms that a browser sends.

LocalStack verifies presigned URLs of versions 4 and 2 (S3_SKIP_SIGNATURE_VALIDATION=0), here with our secrets; the key
that was verified is kept in the request's WSGI environment, and a request of another key is refused. Of a form
LocalStack looks at the policy's conditions, and not at its signature: that is done here. Amazon S3 API Reference,
"Authenticating Requests: Using Query Parameters" and "Browser-Based Uploads Using POST" (2026-11).

With LAB_AUTH=off an account may also sign its URLs with the secret "test", which is what tools say that know no other.
Expired and forged URLs are refused all the same.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import boto3
from localstack import config
from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import RequestContext
from localstack.aws.api.s3 import AuthorizationQueryParametersError, SignatureDoesNotMatch
from localstack.constants import AWS_REGION_US_EAST_1
from localstack.services.s3 import presigned_url

from .. import settings
from . import access_keys, callers, messages, signatures

MARK = "lab.verified"
WEEK_SECONDS = 604_800
TEST_SECRET = "test"
FORM = "application/x-www-form-urlencoded"
# The secret that a URL is verified with, where it is not the key's own.
_secret: ContextVar[str] = ContextVar("_secret", default="")
TOKENS = ("X-Amz-Security-Token", "x-amz-security-token")  # versions 4 and 2


def verify(context: RequestContext, key: str) -> tuple[access_keys.AccessKey, str]:
    """The access key of a presigned URL or a form, and the session token given with it.

    Raises: S3's error for a wrong signature.
    """
    request = context.request
    if callers.key_in_query(request):
        if request.environ.get(MARK) != key:
            raise messages.wrong_signature(context)
        token = _token(request.args)
    else:
        fields = {name.lower(): value for name, value in request.form.items()}
        if not _is_signed(fields, known_key(key).secret):
            raise messages.wrong_signature(context)
        token = fields.get("x-amz-security-token", "")
    return known_key(key), token


def known_key(access_key_id: str) -> access_keys.AccessKey:
    """The access key of this id; never a default, as LocalStack has one. Raises: S3's error if nobody has it."""
    known = access_keys.find_access_key(access_key_id, get_account_id_from_access_key_id(access_key_id))
    if known is None:
        raise messages.unknown_key("s3")
    return known


def get_credentials(parameters: Mapping[str, str], region: str) -> presigned_url.PreSignedCredentials:
    """`get_credentials_from_parameters` of a presigned URL, with our secrets, and with the token of version 2 too."""
    key = _key(parameters)
    secret = _secret.get() or known_key(key).secret
    return presigned_url.PreSignedCredentials(key, secret, _token(parameters) or None)


def generate_code_url(self: Any, endpoint_url: str) -> str:
    """`S3Code.generate_presigned_url`, the URL of a function's code, signed with a secret that counts here."""
    versions = {"VersionId": self.s3_object_version} if self.s3_object_version else {}
    where = {"Bucket": self.s3_bucket, "Key": self.s3_key, **versions}
    return _signer(endpoint_url).generate_presigned_url("get_object", Params=where)


@lru_cache(8)  # addresses of this engine: to make a client takes longer than all else that GetFunction does
def _signer(endpoint_url: str) -> Any:
    account = config.INTERNAL_RESOURCE_ACCOUNT
    return boto3.client(
        "s3",
        region_name=AWS_REGION_US_EAST_1,
        aws_access_key_id=account,
        aws_secret_access_key=access_keys.root_key(account).secret,
        endpoint_url=endpoint_url,
    )


def validate_presigned_url(original: Callable[[RequestContext], None], context: RequestContext) -> None:
    """`validate_presigned_url_s3` and `…_s3v4`, after which the request is marked as verified."""
    expires = context.request.args.get("X-Amz-Expires", "0")
    if expires.isdigit() and int(expires) > WEEK_SECONDS:
        raise AuthorizationQueryParametersError(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
            f"than {WEEK_SECONDS} seconds"
        )
    key = _key(context.request.args)
    try:
        original(context)
    except SignatureDoesNotMatch:
        if not any(_matches(original, context, reading) for reading in _other_readings(context, key)):
            raise
    context.request.environ[MARK] = key


def _matches(
    original: Callable[[RequestContext], None], context: RequestContext, reading: AbstractContextManager[None]
) -> bool:
    with reading, suppress(SignatureDoesNotMatch):
        original(context)
        return True
    return False


def _other_readings(context: RequestContext, key: str) -> Iterator[AbstractContextManager[None]]:
    """How else a URL may be read whose signature does not match."""
    as_test = not settings.current().auth and access_keys.is_root(key)
    # Signature version 2 covers Content-Type, so that AWS answers 403 to a program whose HTTP library added one of
    # itself (Python's urllib does). Version 4 does not, nor do we: what is uploaded is protected by neither.
    added = "AWSAccessKeyId" in context.request.args and context.request.headers.get("Content-Type") == FORM
    yield from (
        _reading(context, test_secret, without_type)
        for test_secret in {False, as_test}
        for without_type in {False, added}
        if test_secret or without_type
    )


@contextmanager
def _reading(context: RequestContext, test_secret: bool, without_type: bool) -> Iterator[None]:
    """Verify with another secret, or as if there were no Content-Type, or both."""
    token = _secret.set(TEST_SECRET if test_secret else "")
    if without_type:
        del context.request.headers["Content-Type"]
    try:
        yield
    finally:
        _secret.reset(token)
        if without_type:
            context.request.headers["Content-Type"] = FORM


def _key(parameters: Mapping[str, str]) -> str:
    """The key whose signature LocalStack verifies: of a URL that names two, that of version 2."""
    return (parameters.get("AWSAccessKeyId") or parameters.get("X-Amz-Credential", "")).partition("/")[0]


def _token(parameters: Mapping[str, str]) -> str:
    return next((parameters[name] for name in TOKENS if name in parameters), "")


def _is_signed(fields: Mapping[str, str], secret: str) -> bool:
    """Whether a form's policy is signed with `secret`."""
    policy = fields.get("policy", "")
    if credential := fields.get("x-amz-credential"):
        scope = credential.split("/")[1:]
        signed = fields.get("x-amz-signature", "")
        key = signatures.signing_key(secret, *scope) if len(scope) == 4 else b""
        right = hmac.new(key, policy.encode(), "sha256").hexdigest() if key else ""
    else:
        signed = fields.get("signature", "")
        right = base64.b64encode(hmac.digest(secret.encode(), policy.encode(), "sha1")).decode()
    return bool(policy and right) and hmac.compare_digest(right.encode(), signed.encode())
