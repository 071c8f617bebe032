"""The Rules of a template: what the parameters of a stack have to be, together.

CloudFormation User Guide, "Rules" and "Rule-specific intrinsic functions" (2026-11): they are asked before anything is
made or changed, and a rule whose RuleCondition is false asks nothing. The words around an AssertDescription are from
memory. LocalStack 4.9.2 reads over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.services.cloudformation.engine.validations import ValidationError

# They look into VPCs, which this engine has not.
ABSENT = ("Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll")


def check(template: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Check the rules of a template. `values`: of (pseudo) parameters, by name. Raises: ValidationError."""
    for name, rule in (template.get("Rules") or {}).items():
        if not isinstance(rule, Mapping) or not isinstance(rule.get("Assertions"), list):
            raise ValidationError(f"Template format error: [/Rules/{name}] Every Rules object must contain Assertions.")
        if "RuleCondition" in rule and not _is_true(_evaluate(rule["RuleCondition"], values)):
            continue
        for assertion in rule["Assertions"]:
            if not isinstance(assertion, Mapping) or "Assert" not in assertion:
                raise ValidationError(f"Template format error: [/Rules/{name}] Every assertion must contain an Assert.")
            if not _is_true(_evaluate(assertion["Assert"], values)):
                why = assertion.get("AssertDescription") or "an assertion is false"
                raise ValidationError(f"Template validation error: Rule {name} failed: {why}")


def _is_true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _evaluate(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_evaluate(one, values) for one in value]
    if not isinstance(value, Mapping) or len(value) != 1:
        return value
    name, argument = next(iter(value.items()))
    if name in ABSENT:
        raise ValidationError(f"This engine does not evaluate {name}: leave it out of Rules.")
    if name == "Ref":
        if argument not in values:
            raise ValidationError(
                f"Template format error: Unresolved dependencies [{argument}]. Cannot reference resources in the Rules "
                "block of the template"
            )
        return values[argument]
    match name, _evaluate(argument, values):
        case "Fn::Equals", [one, other]:
            return _text(one) == _text(other)
        case "Fn::Not", [one]:
            return not _is_true(one)
        case "Fn::And", [_, _, *_] as parts:
            return all(map(_is_true, parts))
        case "Fn::Or", [_, _, *_] as parts:
            return any(map(_is_true, parts))
        case "Fn::Contains", [list() as among, one]:
            return _text(one) in map(_text, among)
        case "Fn::EachMemberEquals", [list() as among, one]:
            return all(_text(each) == _text(one) for each in among)
        case "Fn::EachMemberIn", [list() as among, list() as of]:
            return set(map(_text, among)) <= set(map(_text, of))
    raise ValidationError(f"Template error: {name} in Rules is no function of rules, or has other parameters.")


def _text(value: Any) -> Any:
    """Values as parameters have them, which are texts."""
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, list) else str(value)
