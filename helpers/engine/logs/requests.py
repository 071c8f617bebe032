"""What CloudWatch Logs checks of every request: names, numbers and sets of values, from its own description.

moto 5.1 takes `a b` for a log group's name and two days for a retention. API Reference, "PutRetentionPolicy" (2026-11)
has the days; the model has none.
"""

from __future__ import annotations

from functools import cache

from botocore.model import OperationModel
from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..server.constraints import detected, of_members

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
# Those that may have members which are newer than LocalStack's release.
OPERATIONS = "CreateLogGroup PutMetricFilter PutSubscriptionFilter StartQuery FilterLogEvents GetQueryResults"
PLAIN = ("string", "integer", "long")  # what is in lists is checked where it is used


def refuse_violations(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CloudWatch Logs. Raises: InvalidParameterException (400)."""
    request = context.service_request or {}
    found = list(of_members(request, context.operation.input_shape, _plain(context.operation)))
    days = request.get("retentionInDays")
    if days is not None and days not in RETENTION_DAYS:
        allowed = ", ".join(map(str, RETENTION_DAYS))
        found.append(("retentionInDays", f" '{days}'", f"Member must satisfy enum value set: [{allowed}]"))
    if message := detected(found):
        raise InvalidParameterException(message)


@cache  # as many entries as the service has operations
def _plain(operation: OperationModel) -> tuple[str, ...]:
    members = operation.input_shape.members if operation.input_shape else {}
    return tuple(name for name, shape in members.items() if shape.type_name in PLAIN)
