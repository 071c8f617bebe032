"""What operations of CloudWatch Logs have in common."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import LogGroup, logs_backends

from .filter_patterns.comparisons import InvalidPatternError
from .filter_patterns.patterns import parse


def find_group(context: RequestContext, name: str) -> LogGroup:
    """A log group by its name, or by its ARN. Raises: ResourceNotFoundException."""
    if name.startswith("arn:"):
        name = name.removesuffix(":*").partition(":log-group:")[2]
    group = logs_backends[context.account_id][context.region].groups.get(name)
    if group is None:
        raise ResourceNotFoundException("The specified log group does not exist.")
    return group


def find_one(context: RequestContext, name: str | None, identifier: str | None) -> LogGroup:
    """The log group that a request names, or identifies by its name or its ARN.

    Raises: InvalidParameterException where it does both or neither, ResourceNotFoundException.
    """
    if bool(name) == bool(identifier):
        raise InvalidParameterException("Exactly one of logGroupName and logGroupIdentifier must be specified.")
    return find_group(context, str(name or identifier))


def check_pattern(pattern: str) -> None:
    """Raises: InvalidParameterException for what is no filter pattern."""
    try:
        parse(pattern)
    except InvalidPatternError as error:
        raise InvalidParameterException(str(error)) from None
