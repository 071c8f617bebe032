"""Parameters of a stack: what their declarations demand.

CloudFormation User Guide, "Parameters section structure" (2026-11). The texts: of patterns
aws-quickstart/quickstart-pivotal-cloudfoundry#9 (2017), of missing values openedx-unsupported/configuration#1993
(2015); of lengths and bounds from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import ChangeSet
from localstack.services.cloudformation.v2.types import engine_parameter_value
from localstack.utils.aws.arns import get_partition

from ..server.given_expressions import Given

TYPES = re.compile(
    r"String|Number|CommaDelimitedList|List<(String|Number|AWS::[\w:]+)>|AWS::(EC2|Route53)::[\w:]+"
    r"|AWS::SSM::Parameter::(Name|Value<.+>)"
)


def check(template: Mapping[str, Any], given: Sequence[Mapping[str, Any]], before: Mapping[str, Any]) -> None:
    """Check the parameters of a request. `before`: those of the stack, by name. Raises: ValidationError."""
    declared = template.get("Parameters") or {}
    for declaration in declared.values():
        kind = declaration.get("Type")
        if not isinstance(kind, str) or not TYPES.fullmatch(kind):
            raise ValidationError(f"Template format error: Unrecognized parameter type: {kind}")
    if foreign := [one["ParameterKey"] for one in given if one["ParameterKey"] not in declared]:
        raise ValidationError(f"Parameters: [{', '.join(foreign)}] do not exist in the template")
    previous = [one["ParameterKey"] for one in given if one.get("UsePreviousValue")]
    if lost := [name for name in previous if name not in before]:
        raise ValidationError(f"Invalid input for parameter key {lost[0]}. Cannot specify usePreviousValue as true.")
    values = {one["ParameterKey"]: one["ParameterValue"] for one in given if "ParameterValue" in one}
    for name, declaration in declared.items():
        value = values.get(name, None if name in previous else declaration.get("Default"))
        if value is not None and (problem := next(problems(declaration, value), "")):
            explained = declaration.get("ConstraintDescription")
            raise ValidationError(
                f"Parameter '{name}' failed to satisfy constraint: {explained}"
                if explained
                else f"Parameter '{name}' must {problem}"
            )


def given(request: Sequence[Mapping[str, Any]], before: Mapping[str, Any]) -> dict[str, str]:
    """The values of a request, by name. `before`: the stack's.

    Of a parameter from the Parameter Store the previous value is its name there, which is looked up again.
    """
    found = {}
    for one in request:
        name = one["ParameterKey"]
        if one.get("UsePreviousValue"):
            previous = before[name]
            value = previous.get("given_value")
            found[name] = value if value is not None else previous.get("default_value")
        elif "ParameterValue" in one:
            found[name] = one["ParameterValue"]
    return found


def values(change_set: ChangeSet) -> dict[str, Any]:
    """The values of a stack's parameters and pseudo parameters, by name: lists of those that are lists."""
    stack = change_set.stack
    found: dict[str, Any] = {
        "AWS::AccountId": stack.account_id,
        "AWS::Partition": get_partition(stack.region_name),
        "AWS::Region": stack.region_name,
        "AWS::StackId": stack.stack_id,
        "AWS::StackName": stack.stack_name,
        "AWS::URLSuffix": "amazonaws.com",
    }
    for name, one in (change_set.resolved_parameters or {}).items():
        value = one.get("resolved_value") or engine_parameter_value(one)
        is_list = isinstance(value, str) and _is_list(one["type_"])
        found[name] = [part.strip() for part in value.split(",")] if is_list else value
    return found


def check_store(template: Mapping[str, Any], values: Mapping[str, str], account_id: str, region: str) -> None:
    """Check that what is to come from the Parameter Store is there. Raises: ValidationError.

    The texts: public reports of deployments with the CDK and the Serverless Framework (2020 to 2025).
    """
    declared = template.get("Parameters") or {}
    names = {
        name: str(values.get(name, one.get("Default")))
        for name, one in declared.items()
        if str(one.get("Type")).startswith("AWS::SSM::Parameter::Value<") and values.get(name, one.get("Default"))
    }
    if not names:
        return
    client = connect_to(aws_access_key_id=account_id, region_name=region).ssm
    try:
        answer = client.get_parameters(Names=[*dict.fromkeys(names.values())])
    except ClientError as error:
        raise ValidationError(error.response["Error"]["Message"]) from error
    if answer["InvalidParameters"]:
        # moto leaves out the slash before a name without others.
        lacks = {one.strip("/") for one in answer["InvalidParameters"]}
        missing = ", ".join(name for name in names.values() if name.strip("/") in lacks)
        raise ValidationError(f"Unable to fetch parameters [{missing}] from parameter store for this account.")
    kinds = {one["Name"]: one["Type"] for one in answer["Parameters"]}
    if secure := [name for name in names.values() if kinds.get(name) == "SecureString"]:
        raise ValidationError(
            f"Parameters [{', '.join(secure)}] referenced by template have types not supported by CloudFormation."
        )


def problems(declaration: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Yield what a value would have to be and is not: "be a number"."""
    kind, text = declaration["Type"], _text(value)
    members = [part.strip() for part in text.split(",")] if _is_list(kind) else [text]
    if (choices := declaration.get("AllowedValues")) is not None and not set(members) <= set(map(_text, choices)):
        yield "be one of AllowedValues"
    pattern = declaration.get("AllowedPattern")
    if pattern and not all(Given(rf"\A(?:{pattern})\Z").search(member) for member in members):
        yield f"match pattern {pattern}"
    if kind in ("Number", "List<Number>"):
        try:
            numbers = [float(member) for member in members]
        except ValueError:
            yield "be a number"
            return
        if "MinValue" in declaration and min(numbers) < float(declaration["MinValue"]):
            yield f"be a number not less than {declaration['MinValue']}"
        if "MaxValue" in declaration and max(numbers) > float(declaration["MaxValue"]):
            yield f"be a number not greater than {declaration['MaxValue']}"
    elif kind == "String":
        if len(text) < int(declaration.get("MinLength", 0)):
            yield f"contain at least {declaration['MinLength']} characters"
        if "MaxLength" in declaration and len(text) > int(declaration["MaxLength"]):
            yield f"contain at most {declaration['MaxLength']} characters"


def _is_list(kind: str) -> bool:
    return kind == "CommaDelimitedList" or kind.startswith("List<")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
