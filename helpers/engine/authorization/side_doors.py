"""Ways around the request chain that LocalStack 4.9.2 leaves open, closed.

- Queue URLs understand `?Action=SendMessage`. LocalStack passes that on as a call of its own: we pass on whose it was.
- LocalStack's own endpoints show every queue's messages and the like. They are the learner's, not a function's.
"""

from __future__ import annotations

from typing import Any

from localstack.aws import handlers
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.connect import connect_to
from localstack.http import Request, Response
from localstack.services.sqs import query_api

from . import callers, peers

PREFIXES = ("/_lab/", "/_localstack/", "/_aws/cloudwatch/", "/_aws/dynamodb/", "/_aws/ses", "/_aws/sns/", "/_aws/sqs/")
_try_call_sqs = query_api.try_call_sqs


def install() -> None:
    """Close them."""
    handlers.preprocess_request.append(check)
    query_api.try_call_sqs = try_call_sqs
    query_api.connect_to = connect


def check(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain: the endpoints of its own are not for functions."""
    if context.request.path.startswith(PREFIXES) and peers.is_function(context.request):
        chain.respond(403, {"message": "This endpoint is not for functions."})


def try_call_sqs(request: Request, region: str) -> Any:
    """`query_api.try_call_sqs`: a function cannot be root here either."""
    key = callers.key_in(request)
    if callers.is_root_key(key) and peers.is_function(request):
        text = "The security token included in the request is invalid."
        raise CommonServiceException("InvalidClientTokenId", text, 403, True)
    return _try_call_sqs(request, region)


def connect(**options: Any) -> Any:
    """`connect_to` for it: without a key the caller is nobody, not LocalStack itself."""
    if callers.is_internal_key(options["aws_access_key_id"]):
        options["aws_access_key_id"] = callers.UNSIGNED
    return connect_to(**options)
