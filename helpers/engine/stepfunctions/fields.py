"""In which field of a state an expression stands: "Output/total", "Choices[0]/Condition", "Items"."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from localstack.services.stepfunctions.asl.component.eval_component import EvalComponent
from localstack.services.stepfunctions.asl.eval.environment import Environment

# LocalStack's components that are a field of a state, by class: what AWS calls the field, and JSONata's type that its
# value has to have. What is within a field may have any, also the elements of an array that is written out.
FIELDS: dict[str, tuple[str, str | None]] = {
    "Output": ("Output", None),
    "ArgumentsJSONataTemplateValueObject": ("Arguments", None),
    "ArgumentsStringJSONata": ("Arguments", None),
    "AssignDecl": ("Assign", None),
    "ConditionStringJSONata": ("Condition", "boolean"),
    "HeartbeatSecondsJSONata": ("HeartbeatSeconds", "number"),
    "ItemsArray": ("Items", None),
    "ItemsJSONata": ("Items", "array"),
    "MaxConcurrencyJSONata": ("MaxConcurrency", "number"),
    "SecondsJSONata": ("Seconds", "number"),
    "TimeoutSecondsJSONata": ("TimeoutSeconds", "number"),
    "ToleratedFailureCountStringJSONata": ("ToleratedFailureCount", "number"),
    "ToleratedFailurePercentageStringJSONata": ("ToleratedFailurePercentage", "number"),
}
# Those that are a member of an object within such a field; their identifier is its name.
MEMBERS = ("JSONataTemplateBinding", "AssignTemplateBindingValue", "AssignTemplateBindingStringExpressionSimple")

_path: ContextVar[tuple[str, ...]] = ContextVar("path", default=())
_type: ContextVar[str | None] = ContextVar("type", default=None)


def current(env: Environment) -> str:
    """The field that is being evaluated; where it is none of `NAMES`, the name that LocalStack gives it."""
    return "/".join(_path.get()) or str(env.next_field_name)


def expected_type() -> str | None:
    """JSONata's type that the value of the field that is being evaluated has to have."""
    return _type.get()


def evaluate(original: Any, self: EvalComponent, env: Environment) -> None:
    """Wrap `EvalComponent.eval`: note where we are, below the field."""
    kind = type(self).__name__
    if kind in FIELDS:
        name, needed = FIELDS[kind]
        path = (*getattr(self, "above", ()), name)
    elif kind in MEMBERS:
        path, needed = (*_path.get(), self.identifier), None
    else:
        original(self, env)
        return
    tokens = _path.set(path), _type.set(needed)
    try:
        original(self, env)
    finally:
        _path.reset(tokens[0])
        _type.reset(tokens[1])
