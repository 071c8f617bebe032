"""Lab 00, Start here: exercises.

The notebook deploys `FirstContact`, which prints the event it got. Nothing is taught about Lambda yet: the
exercises show how a notebook, a call and a check work together. Their order matters: 0.3 removes the function.
"""

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import function_exists, logged
from helpers.exercises.evidence.events import logged_events, named, near_miss
from helpers.log_lines import kind

ABOUT = About(
    title="Start here",
    you_will="see that your machine is ready, and what serverless asks you to stop doing",
    minutes=30,
    place=(0, 1),
    owns=Owns(functions=("FirstContact", "OneSecond", "CountInMemory")),
)
SOLUTIONS = "labs/solutions/00_start_here.py"


@exercise(
    "0.1",
    "Say who you are",
    desired="an event with a name in the function's log",
    hints=[
        "A function does nothing until an event arrives: send it one that holds your name.",
        'Invoke: lab.client("lambda").invoke(FunctionName=..., Payload=...), with {"name": "..."} as JSON.',
        f"The explained solution is block 0.1 in {SOLUTIONS}.",
    ],
)
def invoke_with_a_name(lab: Connection) -> Check:
    """The function's log holds an event with a text under the key `name`; a key that only ends so is another."""
    events = logged_events(lab, "FirstContact", named)
    names = [name for event in events if (name := named(event))]
    if names:
        return Check(True, f"the name {names[-1]}")
    return Check(False, near_miss(events, "name") or "none")


@exercise(
    "0.2",
    "Put your name on it",
    desired="a tag with the key owner on FirstContact",
    hints=[
        "Things in AWS carry tags: a key and a value each. Give the function one with the key owner.",
        'TagResource: lab.client("lambda").tag_resource(Resource=<the function\'s ARN>, Tags={...}).',
        f"The explained solution is block 0.2 in {SOLUTIONS}.",
    ],
)
def tag_the_owner(lab: Connection) -> Check:
    """The function has the tag `owner`."""
    tags = lab.client("lambda").get_function(FunctionName="FirstContact").get("Tags", {})
    owner = tags.get("owner", "").strip()
    others = [key for key in tags if key != "owner" and key.strip().casefold() == "owner"]
    near = f"the key {others[0]!r}, the goal says 'owner'" if others else "none"
    return Check(bool(owner), f"the owner {owner}" if owner else near)


@exercise(
    "0.3",
    "Leave nothing running",
    desired="no function FirstContact, and its log kept",
    hints=[
        "No server has to be stopped: one call makes the function disappear. Its log stays until you delete it.",
        'DeleteFunction: lab.client("lambda").delete_function(FunctionName=...).',
        f"The explained solution is block 0.3 in {SOLUTIONS}.",
    ],
)
def delete_the_function(lab: Connection) -> Check:
    """The function is gone, and its log shows that it was invoked."""
    there = function_exists(lab, "FirstContact")
    reports = [] if there else logged(lab, "FirstContact", lambda line: kind(line) == "REPORT")
    found = "the function still there" if there else "no function, and its log " + ("kept" if reports else "missing")
    return Check(not there and bool(reports), found)
