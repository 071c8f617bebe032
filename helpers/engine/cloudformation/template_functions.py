"""Functions in templates: which there are, and what some of them take.

The texts: aws/aws-cli#2746 (2017) of unknown functions; recorded on AWS by LocalStack 4.9.2's tests (engine/
test_mappings, test_change_set_fn_{join,select}, 2025) and reported since 2014 (`Fn::Equals`, mappings; of `Fn::Or`
aws/aws-cdk#25696, 2023; of `Fn::Not` and `Fn::FindInMap` from memory). LocalStack makes a property `Fn::Nope` of what
it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from localstack.services.cloudformation.engine.validations import ValidationError

OF_RULES = (  # the functions of rules: `rules`
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
    "Fn::RefAll",
)
LISTED = (
    "Fn::Base64",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Split",
    "Fn::FindInMap",
    "Fn::Select",
    "Ref",
    "Fn::Equals",
    "Fn::If",
    "Fn::Not",
    "Condition",
    "Fn::And",
    "Fn::Or",
    *OF_RULES,
    "Fn::Sub",
    "Fn::Cidr",
)
LITERAL = re.compile(r"\$\{!([^}]*)\}")
ABSENT = frozenset({*OF_RULES, "Fn::Cidr"})


JOIN = (
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings "
    "to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
)
SELECT = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list"
FIND_IN_MAP = (
    "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
    "return value"
)


def check(template: Mapping[str, Any]) -> None:
    """Check the functions of a template without transforms, or what they made of it. Raises: ValidationError."""
    mappings = template.get("Mappings") or {}
    for section in ("Conditions", "Resources", "Outputs"):
        _check(template.get(section), mappings)


def _check(value: Any, mappings: Mapping[str, Any]) -> None:
    if isinstance(value, list):
        for one in value:
            _check(one, mappings)
    if not isinstance(value, Mapping):
        return
    for name, argument in value.items():
        if str(name).startswith("Fn::") and len(value) == 1:
            _check_function(str(name), argument, mappings)
        _check(argument, mappings)


def _check_function(name: str, argument: Any, mappings: Mapping[str, Any]) -> None:
    if name == "Fn::Transform":
        return
    if name not in LISTED:
        raise ValidationError(
            f"Template error: Encountered unsupported function: {name} Supported functions are: [{', '.join(LISTED)}]"
        )
    if name in ABSENT:
        raise ValidationError(f"This engine does not evaluate {name}: write its value into the template.")
    if name == "Fn::Equals" and not (isinstance(argument, list) and len(argument) == 2):
        raise ValidationError("Template error: every Fn::Equals object requires a list of 2 string parameters.")
    if name in ("Fn::And", "Fn::Or") and not (isinstance(argument, list) and 2 <= len(argument) <= 10):
        raise ValidationError(
            f"Template error: every {name} object requires a list of at least 2 and at most 10 boolean parameters."
        )
    if name == "Fn::Not" and not (isinstance(argument, list) and len(argument) == 1):
        raise ValidationError("Template error: every Fn::Not object requires one boolean parameter.")
    if name == "Fn::Join" and not (isinstance(argument, list) and len(argument) == 2):
        raise ValidationError(JOIN)
    if name == "Fn::Select" and not _is_selection(argument):
        raise ValidationError(SELECT)
    if name == "Fn::FindInMap" and isinstance(argument, list) and argument:
        has_default = len(argument) == 4 and isinstance(argument[3], Mapping) and "DefaultValue" in argument[3]
        if len(argument) != 3 and not has_default:
            raise ValidationError(FIND_IN_MAP)
        if has_default:  # of AWS::LanguageExtensions, for what is not there
            return
        mapping = argument[0]
        if isinstance(mapping, str) and mapping not in mappings:
            raise ValidationError(
                f"Template error: Mapping named '{mapping}' is not present in the 'Mappings' section of template."
            )


def _is_selection(argument: Any) -> bool:
    """Whether Fn::Select can select: as far as its index and its list are no functions."""
    if not (isinstance(argument, list) and len(argument) == 2):
        return False
    index, values = argument
    if not isinstance(values, (list, Mapping)):
        return False
    if isinstance(index, Mapping):
        return True
    return str(index).isdecimal() and (isinstance(values, Mapping) or int(index) < len(values))


def with_literals(value: Any) -> Any:
    """A part of a template in which `${!Name}` of Fn::Sub, which stands for `${Name}`, is a value of that function.

    LocalStack takes it for the name of a resource.
    """
    if isinstance(value, list):
        return [with_literals(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _substitution(one) if name == "Fn::Sub" else with_literals(one) for name, one in value.items()}


def _substitution(argument: Any) -> Any:
    text, given = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], Mapping):
        text, given = argument[0], with_literals(argument[1])
    if not isinstance(text, str) or not (literals := sorted(set(LITERAL.findall(text)))):
        return argument
    names = {literal: f"Literal{number}" for number, literal in enumerate(literals) if f"Literal{number}" not in given}
    for literal, name in names.items():
        text = text.replace("${!" + literal + "}", "${" + name + "}")
    return [text, {**given, **{name: "${" + literal + "}" for literal, name in names.items()}}]
