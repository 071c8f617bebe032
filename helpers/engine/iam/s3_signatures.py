"""What is signed for S3 in other ways than by a header: presigned URLs, and forms that a browser sends.

LocalStack verifies presigned URLs of versions 4 and 2 (S3_SKIP_SIGNATURE_VALIDATION=0), here with our secrets; the key
that was verified is kept in the request's WSGI environment, and a request of another key is refused. Of a form
LocalStack looks at the policy's conditions, and not at its signature: that is done here. Amazon S3 API Reference,
"Authenticating Requests: Using Query Parameters" and "Browser-Based Uploads Using POST" (2026-11).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from functools import wraps

from localstack import config
from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.s3 import AuthorizationQueryParametersError
from localstack.services.lambda_.invocation import lambda_models
from localstack.services.s3 import presigned_url

from . import access_keys, callers, messages, signatures

MARK = "lab.verified"
WEEK_SECONDS = 604_800
TOKENS = ("X-Amz-Security-Token", "x-amz-security-token")  # versions 4 and 2


def install() -> None:
    """Let LocalStack verify with our secrets, and sign with one where it hands out a URL (a function's code)."""
    lambda_models.INTERNAL_AWS_SECRET_ACCESS_KEY = access_keys.root(config.INTERNAL_RESOURCE_ACCOUNT).secret
    presigned_url.get_credentials_from_parameters = credentials
    for name in ("validate_presigned_url_s3", "validate_presigned_url_s3v4"):
        setattr(presigned_url, name, _marking(getattr(presigned_url, name)))


def verify(context: RequestContext, key: str) -> tuple[access_keys.AccessKey, str]:
    """What is known of the key of a presigned URL or a form, and the session token given with it.

    Raises S3's error for a signature that is not right.
    """
    request = context.request
    if callers.key_in_query(request):
        if request.environ.get(MARK) != key:
            raise messages.wrong_signature(context)
        token = _token(request.args)
    else:
        fields = {name.lower(): value for name, value in request.form.items()}
        if not _is_signed(fields, find(key).secret):
            raise messages.wrong_signature(context)
        token = fields.get("x-amz-security-token", "")
    return find(key), token


def find(access_key_id: str) -> access_keys.AccessKey:
    """What is known of a key; never a default, as LocalStack has one. Raises S3's error if nobody has it."""
    known = access_keys.find(access_key_id, get_account_id_from_access_key_id(access_key_id))
    if known is None:
        text = "The AWS Access Key Id you provided does not exist in our records."
        raise CommonServiceException("InvalidAccessKeyId", text, 403, True)
    return known


def credentials(parameters: Mapping[str, str], region: str) -> presigned_url.PreSignedCredentials:
    """`get_credentials_from_parameters` of a presigned URL, with our secrets, and with the token of version 2 too."""
    key = _key(parameters)
    return presigned_url.PreSignedCredentials(key, find(key).secret, _token(parameters) or None)


def _key(parameters: Mapping[str, str]) -> str:
    """The key whose signature LocalStack verifies: of a URL that names two, that of version 2."""
    return (parameters.get("AWSAccessKeyId") or parameters.get("X-Amz-Credential", "")).partition("/")[0]


def _token(parameters: Mapping[str, str]) -> str:
    return next((parameters[name] for name in TOKENS if name in parameters), "")


def _marking(validate: Callable[[RequestContext], None]) -> Callable[[RequestContext], None]:
    """LocalStack's function, after which the request is marked as verified."""

    @wraps(validate)
    def marking(context: RequestContext) -> None:
        expires = context.request.args.get("X-Amz-Expires", "0")
        if expires.isdigit() and int(expires) > WEEK_SECONDS:
            raise AuthorizationQueryParametersError(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
                f"than {WEEK_SECONDS} seconds"
            )
        validate(context)
        context.request.environ[MARK] = _key(context.request.args)

    return marking


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
