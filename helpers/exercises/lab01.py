"""Lab 01, Hello world: exercises. Checks invoke a function or read its log."""

import uuid
from typing import Any

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import invoke
from helpers.exercises.evidence.events import logged_events, named, near_miss

ABOUT = About(
    title="Hello world",
    you_will="create, invoke, break and read a first function, in Node.js and Python",
    minutes=45,
    builds_on=("00",),
    place=(1, 1),
    owns=Owns(
        functions=(
            "HelloWorld",
            "HelloPython",
            "HelloBroken",
            "HelloStrict",
            "HelloContext",
            "Hello2017",
            "HelloLegacy",
            "HelloOld",
            "GoodbyeWorld",
            "HelloStrictPython",
        )
    ),
)
SOLUTIONS = "labs/solutions/01_hello_world.py"
NAMES_IN_THE_LAB = {"David"}  # the notebook itself has sent these


@exercise(
    "1.1",
    "Give it more time",
    desired="a Timeout of 10 seconds for HelloPython",
    hints=[
        "It is a setting of a function that exists: change it, and leave the code alone.",
        "UpdateFunctionConfiguration with FunctionName and Timeout, in seconds.",
        f"The explained solution is block 1.1 in {SOLUTIONS}.",
    ],
)
def give_it_more_time(lab: Connection) -> Check:
    """`HelloPython` has a timeout of 10 seconds."""
    api = lab.client("lambda")
    found = {
        name: api.get_function_configuration(FunctionName=name)["Timeout"] for name in ("HelloPython", "HelloWorld")
    }
    other = "; HelloWorld has the 10" if found["HelloWorld"] == 10 != found["HelloPython"] else ""
    return Check(found["HelloPython"] == 10, f"{found['HelloPython']} seconds{other}")


@exercise(
    "1.2",
    "Say goodbye",
    desired='"Goodbye world" for {} and "Goodbye", a space and the name for every name',
    hints=[
        "It is HelloWorld with another word and another name: source, zip, one call.",
        "CreateFunction. What Handler names has to be a file in the zip and a function that it exports.",
        f"The explained solution is block 1.2 in {SOLUTIONS}.",
    ],
)
def say_goodbye(lab: Connection) -> Check:
    """`GoodbyeWorld` answers with the event's name, here one that no code can know, and with "world" without one."""
    name = f"Ada {uuid.uuid4().hex[:4]}"
    nobody, somebody = invoke(lab, "GoodbyeWorld", {}), invoke(lab, "GoodbyeWorld", {"name": name})
    passed = nobody.payload == "Goodbye world" and somebody.payload == f"Goodbye {name}"
    return Check(passed, f"{nobody}, and {somebody} for {name}")


@exercise(
    "1.3",
    "Leave your name",
    desired="an event with your name in the log of HelloWorld",
    hints=[
        "HelloWorld logs every event it gets: whose name is in it is up to you.",
        'Invoke HelloWorld with Payload=json.dumps({"name": ...}).',
        f"The explained solution is block 1.3 in {SOLUTIONS}.",
    ],
)
def leave_your_name(lab: Connection) -> Check:
    """The log group of `HelloWorld` holds an event with a name that the notebook itself did not send."""

    def new_name(event: dict[str, Any]) -> str:
        return "" if named(event) in NAMES_IN_THE_LAB else named(event)

    events = logged_events(lab, "HelloWorld", new_name)
    names = [name for event in events if (name := new_name(event))]
    if names:
        return Check(True, f"the name {names[-1]}")
    return Check(False, near_miss(events, "name") or "only the lab's own events")


@exercise(
    "1.4",
    "Repair HelloBroken",
    desired='"Hello world", by the handler index.handler',
    hints=[
        "The code is right. What Lambda was told to call is not.",
        "UpdateFunctionConfiguration with Handler; the code exports handler.",
        f"The explained solution is block 1.4 in {SOLUTIONS}.",
    ],
)
def repair_hello_broken(lab: Connection) -> Check:
    """`HelloBroken` greets because its configuration was repaired: the code exports only `handler`."""
    configuration = lab.client("lambda").get_function_configuration(FunctionName="HelloBroken")
    answer = invoke(lab, "HelloBroken", {})
    handler = configuration["Handler"]
    return Check(answer.payload == "Hello world" and handler == "index.handler", f"{answer}, by the handler {handler}")


@exercise(
    "1.5",
    "Be strict in Python",
    desired='"Hello" and the name for every name, and a ValueError for {}, from a Python runtime',
    hints=[
        "Fail loudly: an event without a name is an error, and the caller should see it as one.",
        "raise ValueError(...) in the handler; Invoke then answers with FunctionError and errorType.",
        f"The explained solution is block 1.5 in {SOLUTIONS}.",
    ],
)
def be_strict_in_python(lab: Connection) -> Check:
    """`HelloStrictPython` greets a name, and raises ValueError when there is none."""
    configuration = lab.client("lambda").get_function_configuration(FunctionName="HelloStrictPython")
    name = f"Ada {uuid.uuid4().hex[:4]}"
    greeted = invoke(lab, "HelloStrictPython", {"name": name})
    refused = invoke(lab, "HelloStrictPython", {})
    runtime = configuration["Runtime"]
    passed = greeted.payload == f"Hello {name}" and refused.error_type == "ValueError" and runtime.startswith("python")
    return Check(passed, f"{greeted} for {name}, and {refused} for {{}}, from {runtime}")
