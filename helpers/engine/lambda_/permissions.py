"""A function's policy: what AddPermission refuses before LocalStack sees it, and how policies are written.

A principal that IAM does not know is refused, in the words that LocalStack has for one that is malformed (its snapshot
`test_add_lambda_permission_aws`, 2025): a resource policy names roles and users by their identity (IAM User Guide, "AWS
JSON policy elements: Principal", 2026-11). What belongs to a function URL's permission is for its action alone (Lambda
API Reference, "AddPermission", 2026-11). Statements are JSON without spaces, in the order of the AWS CLI's examples of
`get-policy`, `add-permission` and `get-layer-version-policy` (2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from moto.iam.models import iam_backends

URL_ACTION = "lambda:InvokeFunctionUrl"
ORDER = ("Sid", "Effect", "Principal", "Action", "Resource", "Condition")


def refuse_permission(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before AddPermission. Raises: InvalidParameterValueException (400)."""
    request = context.service_request
    if not exists(str(request["Principal"])):
        _refuse("The provided principal was invalid. Please check the principal and try again.")
    if request.get("FunctionUrlAuthType") and request["Action"] != URL_ACTION:
        _refuse(f"FunctionUrlAuthType is only supported for {URL_ACTION} action")


def add_permission(
    original: Callable[..., dict[str, Any]], self: Any, context: RequestContext, request: dict[str, Any]
) -> dict[str, Any]:
    """Wrap `LambdaProvider.add_permission`: the statement as AWS writes it."""
    answer = original(self, context, request)
    return answer | {"Statement": written(json.loads(answer["Statement"]))}


def get_policy(original: Callable[..., dict[str, Any]], *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Wrap `LambdaProvider.get_policy`: the same."""
    answer = original(*args, **kwargs)
    return answer | {"Policy": written(json.loads(answer["Policy"]))}


def written(document: dict[str, Any]) -> str:
    """A statement, or a policy with its statements, as JSON."""
    if "Statement" in document:
        document = document | {"Statement": list(map(_ordered, document["Statement"]))}
    return json.dumps(_ordered(document), separators=(",", ":"))


def _ordered(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: statement[name] for name in ORDER if name in statement} | statement


def exists(principal: str) -> bool:
    """Whether a role or user is there; of anything else, True."""
    parts = principal.split(":", 5)
    if len(parts) < 6 or parts[2] != "iam":
        return True
    kind = parts[5].partition("/")[0]
    if kind not in ("role", "user"):
        return True
    # Asking for an account would make it, with all of AWS's policies.
    if parts[4] not in iam_backends or parts[1] not in iam_backends[parts[4]]:
        return False
    backend = iam_backends[parts[4]][parts[1]]
    if kind == "role":
        return any(role.arn == principal for role in list(backend.roles.values()))
    return any(user.arn == principal for user in list(backend.users.values()))


def _refuse(sentence: str) -> None:
    raise InvalidParameterValueException(sentence, Type="User")
