"""Who signed a request to a method with AWS_IAM authorization. The signature is verified as for every service of AWS.

An unsigned request answers 403 {"message":"Missing Authentication Token"}; a signature that is wrong, 403 with the
gateway response INVALID_SIGNATURE, and keys that have expired, EXPIRED_TOKEN (API Gateway Developer Guide, "Gateway
response types"). For a key that nobody has, AWS's errortype is UnrecognizedClientException; that it is of the type
INVALID_SIGNATURE is our guess. A signature is for the service "execute-api" in the API's region ("Credential should be
scoped to correct service: 'execute-api'. ", public reports; 2026-11).

With `LAB_AUTH=off` any secret will do, and the caller still is who the access key says.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from weakref import WeakKeyDictionary

from localstack.aws.api import CommonServiceException
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    BaseGatewayException,
    ExpiredTokenError,
    InvalidSignatureError,
    MissingAuthTokenError,
)

from .. import settings
from ..iam import authentication, callers, forward_access, request_contexts, signatures
from . import assumed_roles

SERVICE = "execute-api"

_callers: WeakKeyDictionary[RestApiInvocationContext, callers.Caller] = WeakKeyDictionary()


class NoCallerError(Exception):
    """An integration is to be called as the caller, and nobody signed the request."""


class RefusedSignatureError(InvalidSignatureError):
    """403: a signature that does not prove who calls; `code` is the errortype."""

    def __init__(self, message: str, code: str = "InvalidSignatureException") -> None:
        super().__init__(message)
        self.code = code


def identify(context: RestApiInvocationContext) -> callers.Caller:
    """The caller. Raises: the gateway response for a request that nobody signed, or not as it says."""
    request = context.request
    if not request.headers.get("Authorization") and not callers.key_in_query(request):
        raise MissingAuthTokenError("Missing Authentication Token")
    made = request_contexts.make_context(request, SERVICE, "Invoke", context.region)
    try:
        if settings.current().auth:
            _check_scope(context)
        authentication.authenticate(made)
        caller = callers.identify(made)
    except CommonServiceException as error:
        raise _gateway_response(error) from None
    if caller is None or caller is callers.ANONYMOUS:
        raise MissingAuthTokenError("Missing Authentication Token")
    _callers[context] = caller
    return caller


def acting(context: RestApiInvocationContext) -> AbstractContextManager[None]:
    """A context manager: an integration with the caller's credentials is called as the caller.

    Raises: NoCallerError.
    """
    if context.integration.get("credentials") != assumed_roles.CALLER:
        return nullcontext()
    if context not in _callers:
        raise NoCallerError
    return forward_access.acting_as(_callers[context], "apigateway")


def identity(caller: callers.Caller) -> dict[str, str | None]:
    """What `$context.identity` and a function's event say of the caller.

    `caller` and `user` are the principal's unique id: a user's, a role's with the session's name (AROA…:name), or the
    account's ("API Gateway mapping template and access logging variable reference", 2026-11).
    """
    return {
        "accountId": caller.account,
        "accessKey": caller.access_key or None,
        "caller": caller.user_id,
        "user": caller.user_id,
        "userArn": caller.principal.arn,
    }


def _check_scope(context: RestApiInvocationContext) -> None:
    """Refuse a signature for another service or another region; one that cannot be read is refused later."""
    given = signatures.read_header(context.request.headers.get("Authorization", "")).fields.get("Credential", "")
    scope = (given or context.request.args.get("X-Amz-Credential", "")).split("/")
    if len(scope) != 5:
        return
    wrong = ""
    if scope[2] != context.region:
        wrong += "Credential should be scoped to a valid region. "
    if scope[3] != SERVICE:
        wrong += f"Credential should be scoped to correct service: '{SERVICE}'. "
    if wrong:
        raise RefusedSignatureError(wrong)


def _gateway_response(error: CommonServiceException) -> BaseGatewayException:
    match error.code:
        case "ExpiredTokenException":
            return ExpiredTokenError(error.message)
        case "AccessDenied":
            return AccessDeniedError(error.message)
    return RefusedSignatureError(error.message, error.code)
