"""What AddPermission refuses before LocalStack sees it.

A principal that IAM does not know is refused, in the words that LocalStack has for one that is malformed (its snapshot
`test_add_lambda_permission_aws`, 2025): a resource policy names roles and users by their identity (IAM User Guide, "AWS
JSON policy elements: Principal", 2026-11). What belongs to a function URL's permission is for its action alone (Lambda
API Reference, "AddPermission", 2026-11).
"""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from moto.iam.models import iam_backends

URL_ACTION = "lambda:InvokeFunctionUrl"


def refuse_permission(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before AddPermission. Raises: InvalidParameterValueException (400)."""
    request = context.service_request
    if not exists(str(request["Principal"])):
        _refuse("The provided principal was invalid. Please check the principal and try again.")
    if request.get("FunctionUrlAuthType") and request["Action"] != URL_ACTION:
        _refuse(f"FunctionUrlAuthType is only supported for {URL_ACTION} action")


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
