"""The tag that everything gets which a lab creates in AWS: lambda-lab=04. A sweep finds it again.

Only on AWS: what a learner sees locally does not change, and there the account is the lab's own. Only what learners
make as themselves and with `!aws`: a lab's users and roles have the rights that the lab gives them, and tagging would
need one more (`lambda:TagResource`). What functions make in AWS has no tag either, and is known by its name.

Which operations take tags, and how they write them, is read in botocore's models; the exceptions are tables here.
"""

from collections.abc import Callable, Mapping
from typing import Any

TAG = "lambda-lab"
SET = "LAB_TAG"  # the variable that tells `!aws` which lab it works for
# What creates and is not called Create…. PutDashboard takes tags, too, but not where a backend is of 2025: dashboards
# are known by their names.
ALSO_CREATE = {
    "PutCompositeAlarm",
    "PutMetricAlarm",
    "PutParameter",
    "PutRule",
    "RegisterStreamConsumer",
}
# The member in which an operation's tags are, where they are not at its top. Amazon S3 User Guide, "Creating general
# purpose buckets with tags", 2026-11: it needs s3:TagResource.
WITHIN = {"CreateBucket": "CreateBucketConfiguration"}
# The tags that these are given replace all that the stack has, and none keep them (AWS CloudFormation API Reference,
# "UpdateStack", 2026-11): ours go along where there are others.
REPLACE = {"CreateChangeSet", "UpdateStack"}


def tag_all(events: Any, lab: str) -> None:
    """Have what is created from now on tagged with the number of the lab; `events`: of a boto3 session or a client."""
    events.register("before-parameter-build", handler(lab), unique_id="lambda-lab-tag")


def handler(lab: str) -> Callable[..., None]:
    """Return the event handler that adds the tag to an operation's parameters; a learner's own tags stay."""

    def add(params: dict[str, Any], model: Any, **_: object) -> None:
        if (place := place_of_tags(model)) is None or not creates(model.name, params):
            return
        *above, name = place
        for member in above:
            if not isinstance(inner := params.get(member, {}), Mapping):
                return  # botocore refuses it
            params[member] = dict(inner)  # a copy: the learner may use theirs again
            params = params[member]
        params[name] = with_tag(params.get(name), shape_of_tags(model, place), lab)

    return add


def place_of_tags(model: Any) -> tuple[str, ...] | None:
    """Return the members that lead to the tags of an operation which creates something, None if it takes none."""
    if not (model.name.startswith("Create") or model.name in ALSO_CREATE | REPLACE) or model.input_shape is None:
        return None
    above = (WITHIN[model.name],) if model.name in WITHIN else ()
    members = model.input_shape.members
    for member in above:
        members = members[member].members
    return next(((*above, name) for name, shape in members.items() if name in ("Tags", "tags") and _fits(shape)), None)


def shape_of_tags(model: Any, place: tuple[str, ...]) -> Any:
    """Return botocore's shape of the tags: a map, or a list of keys and values."""
    shape = model.input_shape
    for member in place:
        shape = shape.members[member]
    return shape


def creates(operation: str, params: Mapping[str, Any]) -> bool:
    """Tell whether a request may have our tag: Parameter Store takes none with Overwrite, an update of a stack may."""
    if operation == "PutParameter":
        return not params.get("Overwrite")
    if operation == "CreateChangeSet" and params.get("ChangeSetType") in ("CREATE", "IMPORT"):
        return True
    return operation not in REPLACE or bool(params.get("Tags"))


def with_tag(given: Any, shape: Any, lab: str) -> Any:
    """Return a request's tags with ours, in a new object; as they were if they have our key, or are no tags."""
    if shape.type_name == "map":
        return {TAG: lab, **(given or {})} if isinstance(given, Mapping | None) else given
    key, value = _names(shape)
    if not isinstance(given, list | tuple | None) or any(key not in tag or tag[key] == TAG for tag in given or ()):
        return given
    return [*(given or ()), {key: TAG, value: lab}]


def _fits(shape: Any) -> bool:
    """Whether this is how tags are written: {"key": "value"}, or [{"Key": …, "Value": …}] in either case of letters."""
    if shape.type_name == "map":
        return bool(shape.value.type_name == "string")
    return shape.type_name == "list" and shape.member.type_name == "structure" and _names(shape) is not None


def _names(shape: Any) -> Any:
    """The members of a tag in a list: ("Key", "Value")."""
    return next((pair for pair in (("Key", "Value"), ("key", "value")) if set(pair) <= set(shape.member.members)), None)
