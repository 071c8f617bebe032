"""AWS Systems Manager's Parameter Store: values and names that a parameter may not have.

User Guide, "Managing parameter tiers"; API Reference, PutParameter (2026-11). The texts are those of public reports, of
paths aws/copilot-cli#66 (2019). moto keeps any value, whatever pattern it was given.
"""

from __future__ import annotations

import re

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from .server.given_expressions import Given

NOT_QUALIFIED = "Parameter name must be a fully qualified name."
NO_PATH = (
    "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "
    '"/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or '
    "the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, "
    'if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.'
)
PATH = re.compile(r"/([\w.-]+(/[\w.-]+)*/?)?", re.ASCII)
MOST_CHARACTERS = 4_096  # of a parameter of the tier Standard
TOO_LONG = (
    "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter "
    "value, upgrade the parameter to use the advanced-parameter tier. For more information, see "
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
)


def refuse_value(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before PutParameter. Raises: ValidationException or ParameterPatternMismatchException (400)."""
    request = context.service_request or {}
    name = request.get("Name") or ""
    if "/" in name and not name.startswith("/"):
        raise CommonServiceException("ValidationException", NOT_QUALIFIED, 400, True)
    value, tier = request.get("Value") or "", request.get("Tier") or "Standard"
    if tier == "Standard" and len(value) > MOST_CHARACTERS:
        raise CommonServiceException("ValidationException", TOO_LONG, 400, True)
    pattern = request.get("AllowedPattern")
    if pattern and not _fits(pattern, value):
        why = f"Parameter value, cannot be validated against allowedPattern: {pattern}"
        raise CommonServiceException("ParameterPatternMismatchException", why, 400, True)


def refuse_path(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before GetParametersByPath. Raises: ValidationException (400)."""
    if not PATH.fullmatch((context.service_request or {}).get("Path") or ""):
        raise CommonServiceException("ValidationException", NO_PATH, 400, True)


def _fits(pattern: str, value: str) -> bool:
    try:
        return Given(pattern).search(value) is not None
    except re.error:
        return True  # moto says what it thinks of it
