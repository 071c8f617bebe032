"""In which field of a state an expression stands: "Output/total", "Choices[0]/Condition", "Items"."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from localstack.services.stepfunctions.asl.component.eval_component import EvalComponent
from localstack.services.stepfunctions.asl.eval.environment import Environment

# LocalStack's components that are a field of a state, by class: what AWS calls the field.
NAMES = {
    "Output": "Output",
    "ArgumentsJSONataTemplateValueObject": "Arguments",
    "ArgumentsStringJSONata": "Arguments",
    "AssignDecl": "Assign",
    "ConditionStringJSONata": "Condition",
    "HeartbeatSecondsJSONata": "HeartbeatSeconds",
    "ItemsArray": "Items",
    "ItemsJSONata": "Items",
    "MaxConcurrencyJSONata": "MaxConcurrency",
    "SecondsJSONata": "Seconds",
    "TimeoutSecondsJSONata": "TimeoutSeconds",
    "ToleratedFailureCountStringJSONata": "ToleratedFailureCount",
    "ToleratedFailurePercentageStringJSONata": "ToleratedFailurePercentage",
}
# Those that are a member of an object within such a field; their identifier is its name.
MEMBERS = ("JSONataTemplateBinding", "AssignTemplateBindingValue", "AssignTemplateBindingStringExpressionSimple")

# What the value of a field has to be; a field that is not here takes any.
TYPES = {
    "Condition": "boolean",
    "HeartbeatSeconds": "number",
    "Items": "array",
    "MaxConcurrency": "number",
    "Seconds": "number",
    "TimeoutSeconds": "number",
    "ToleratedFailureCount": "number",
    "ToleratedFailurePercentage": "number",
}

_path: ContextVar[tuple[str, ...]] = ContextVar("path", default=())


def current(env: Environment) -> str:
    """The field that is being evaluated; where it is none of `NAMES`, the name that LocalStack gives it."""
    return "/".join(_path.get()) or str(env.next_field_name)


def expected_type(env: Environment) -> str | None:
    """JSONata's type that the value of the field that is being evaluated has to have."""
    return (
        TYPES.get(current(env).rpartition("/")[2]) if len(_path.get()) < 2 or _path.get()[-1] == "Condition" else None
    )


def evaluate(original: Any, self: EvalComponent, env: Environment) -> None:
    """Wrap `EvalComponent.eval`: note where we are, below the field."""
    kind = type(self).__name__
    if kind in NAMES:
        token = _path.set((*getattr(self, "above", ()), NAMES[kind]))
    elif kind in MEMBERS:
        token = _path.set((*_path.get(), self.identifier))
    else:
        original(self, env)
        return
    try:
        original(self, env)
    finally:
        _path.reset(token)
