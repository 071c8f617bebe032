"""Lab 00, Start here: exercises.

The notebook deploys `FirstContact`, which prints the event it got. Nothing is taught about Lambda yet: the
exercises show how a notebook, a call and a check work together. Their order matters: 0.3 removes the function.
"""

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import function_exists, given, logged
from helpers.exercises.evidence.events import new_name
from helpers.exercises.near_misses import near_miss
from helpers.log_lines import kind

ABOUT = About(
    title="Start here",
    you_will="see that your machine is ready, and what serverless asks you to stop doing",
    minutes=30,
    place=(0, 1),
    owns=Owns(functions=("FirstContact", "OneSecond", "CountInMemory")),
)


@exercise(
    "0.1",
    "Say who you are",
    desired="an event with a name in the function's log",
    hints=[
        "A function does nothing until an event arrives: send it one that holds your name.",
        'lambda_client.invoke(FunctionName=..., Payload=...), with {"name": "..."} as JSON text, in quotes.',
    ],
)
def invoke_with_a_name(lab: Connection) -> Check:
    """The function's log holds an event with a name; a REPORT line alone is not enough."""
    name, near = new_name(lab, "FirstContact")
    if not name:
        given(lab, "FirstContact")
    return Check(bool(name), f"the name {name}" if name else near or "none")


@exercise(
    "0.2",
    "Put your name on it",
    desired="a tag with the key owner on FirstContact",
    hints=[
        "Things in AWS carry tags: a key and a value each. Give the function one with the key owner.",
        "lambda_client.tag_resource(Resource=<the function's ARN>, Tags={...}).",
    ],
)
def tag_the_owner(lab: Connection) -> Check:
    """The function has the tag `owner`."""
    given(lab, "FirstContact")
    tags = lab.client("lambda").get_function(FunctionName="FirstContact").get("Tags", {})
    owner = tags.get("owner", "").strip()
    return Check(bool(owner), f"the owner {owner}" if owner else near_miss("key", "owner", tags) or "none")


@exercise(
    "0.3",
    "Leave nothing running",
    desired="no function FirstContact, and its log kept",
    hints=[
        "No server has to be stopped: one call makes the function disappear. Its log stays until you delete it.",
        "lambda_client.delete_function(FunctionName=...).",
    ],
)
def delete_the_function(lab: Connection) -> Check:
    """The function is gone, and its log shows that it was invoked."""
    there = function_exists(lab, "FirstContact")
    reports = [] if there else logged(lab, "FirstContact", lambda line: kind(line) == "REPORT")
    found = "the function still there" if there else "no function, and its log " + ("kept" if reports else "missing")
    return Check(not there and bool(reports), found)
