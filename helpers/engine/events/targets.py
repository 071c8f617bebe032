"""Targets: those that are not here are refused, and HTTP targets say how a delivery ended."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import requests
from localstack.services.events.connection import ConnectionService
from localstack.services.events.models import ValidationException
from localstack.services.events.provider import EventsProvider
from localstack.services.events.rule import RuleService
from localstack.services.events.target import TargetSender, TargetSenderFactory
from localstack.utils.aws.arns import extract_service_from_arn

from .deliveries import RefusedError

ABSENT = ("appsync", "batch", "ecs", "redshift", "redshift-data", "sagemaker", "ssm")
# Others let EventBridge in by a policy of their own (measured on AWS: github.com/go-to-k/cdk-preflight, 2026-09).
WITH_ROLE = ("firehose", "kinesis", "states")
PARAMETERS = {
    "API_KEY": "ApiKeyAuthParameters",
    "BASIC": "BasicAuthParameters",
    "OAUTH_CLIENT_CREDENTIALS": "OAuthParameters",
}
ARN = re.compile(r"arn:[^:]*:[^:]+:[^:]*:[^:]*:.+", re.DOTALL)
HTTP_SECONDS = 5  # for an API destination's whole answer (EventBridge quotas, 2026-11)
AGAIN = (401, 407, 409, 429)  # and 5xx: what EventBridge tries again ("API destinations", 2026-11)


def target_sender(original: Any, self: TargetSenderFactory) -> TargetSender:
    """Wrap `TargetSenderFactory.get_target_sender`. Raises: ValidationException for what EventBridge refuses, and for
    a service that is not here.
    """
    arn = self.target["Arn"]
    if not ARN.fullmatch(arn):
        raise ValidationException(f"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.")
    service = extract_service_from_arn(self.target["Arn"])
    if service in ABSENT or (service not in self.target_map and "destination/" not in self.target["Arn"]):
        message = f"Targets of the service {service} are not part of this engine (target {self.target.get('Id')})."
        raise ValidationException(message)
    if service in WITH_ROLE and not self.target.get("RoleArn"):
        raise ValidationException(f"RoleArn is required for target {arn}.")
    return original(self)


def create_event_bus(
    original: Any, self: EventsProvider, context: Any, name: str, event_source_name: str | None = None, **options: Any
) -> Any:
    """Wrap `EventsProvider.create_event_bus`. Raises: ValidationException for a slash, which partners' buses have.

    The text: github.com/go-to-k/cdk-preflight, measured on AWS in September 2026.
    """
    if "/" in name and not event_source_name:
        raise ValidationException("Event bus name must not contain '/'.")
    return original(self, context, name, event_source_name, **options)


def create_connection_secret(
    original: Any,
    self: ConnectionService,
    region: str,
    account_id: str,
    name: str,
    authorization_type: str,
    auth_parameters: Any,
) -> Any:
    """Wrap `ConnectionService.create_connection_secret`. Raises: ValidationException for parameters of another kind.

    Measured on AWS by the same project; that the text ends with a full stop is a guess.
    """
    wanted = PARAMETERS[authorization_type]
    if wanted not in auth_parameters:
        raise ValidationException(f"Parameter {wanted} is not valid. Reason: Missing required field(s).")
    return original(self, region, account_id, name, authorization_type, auth_parameters)


def create_target_sender(
    original: Any, self: EventsProvider, target: Any, rule_arn: str, rule_name: str, region: str, account_id: str
) -> TargetSender:
    """Wrap `EventsProvider.create_target_sender`: a target that is refused is none of the rule's.

    LocalStack keeps it, without a sender, and then fails for every event that the rule matches.
    """
    try:
        return original(self, target, rule_arn, rule_name, region, account_id)
    except Exception:
        for bus in self.get_store(region, account_id).event_buses.values():
            for rule in bus.rules.values():
                if rule.arn == rule_arn:
                    rule.targets.pop(target["Id"], None)
        raise


def add_targets(original: Any, self: RuleService, targets: Any) -> Any:
    """Wrap `RuleService.add_targets`: those that are answered as failed are not kept either."""
    failed = original(self, targets)
    for one in failed:
        self.rule.targets.pop(one["TargetId"], None)
    return failed


def validate_input(original: Any, self: TargetSender, target: Any) -> None:
    """Wrap `TargetSender._validate_input`. Raises: ValidationException.

    Both texts: recorded on AWS, github.com/go-to-k/cdk-preflight (2026-09).
    """
    if sum(bool(target.get(name)) for name in ("Input", "InputPath", "InputTransformer")) > 1:
        raise ValidationException(
            f"Only one of Input, InputPath, or InputTransformer must be provided for target {target.get('Id')}."
        )
    if target.get("Input"):
        try:
            json.loads(target["Input"])
        except ValueError:
            raise ValidationException(f"JSON syntax error in input for target {target.get('Id')}") from None
    original(self, target)


def request(**parameters: Any) -> requests.Response:
    """`requests.request`, for API destinations and REST APIs. Raises: RefusedError."""
    try:
        response = requests.request(**{"timeout": HTTP_SECONDS, **parameters})
    except requests.Timeout as error:
        raise RefusedError("TIMEOUT", str(error), again=True) from error
    except requests.RequestException as error:
        raise RefusedError("CONNECTION_FAILURE", str(error), again=True) from error
    if response.status_code >= 400:
        again = response.status_code in AGAIN or response.status_code >= 500
        code = "THROTTLING" if response.status_code == 429 else "SDK_CLIENT_ERROR" if again else "ERROR_FROM_TARGET"
        raise RefusedError(code, f"The target answered with status {response.status_code}.", again)
    return response


REQUESTS = SimpleNamespace(request=request)
"""What takes the place of `requests` in LocalStack's targets, which use its `request` alone."""
