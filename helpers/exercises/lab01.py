"""Lab 01, Hello world: exercises. Checks invoke a function or read its log."""

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import CONSTANT, given, greets_anybody, invoke
from helpers.exercises.evidence.events import new_name

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
NAMES_IN_THE_LAB = {"david"}  # the notebook itself has sent these
HELLO_PYTHON = {"MemorySize": 128, "Runtime": "python3.14", "Handler": "lambda_function.lambda_handler"}


@exercise(
    "1.1",
    "Give it more time",
    desired="a Timeout of 10 seconds for HelloPython, and nothing else changed",
    hints=[
        "It is a setting of a function that exists: change it, and leave the code alone.",
        "update_function_configuration with FunctionName and Timeout, in seconds.",
    ],
    half="lambda_client.update_function_configuration(FunctionName=___, ___=10)",
)
def give_it_more_time(lab: Connection) -> Check:
    """`HelloPython` has a timeout of 10 seconds, and else the settings that the notebook gave it."""
    given(lab, "HelloPython")
    api = lab.client("lambda")
    python, node = (api.get_function_configuration(FunctionName=name) for name in ("HelloPython", "HelloWorld"))
    found = [f"{python['Timeout']} seconds"]
    if node["Timeout"] == 10 != python["Timeout"]:
        found.append("HelloWorld has the 10")
    found += [f"{key} {python[key]}, which was {was}" for key, was in HELLO_PYTHON.items() if python[key] != was]
    return Check(found == ["10 seconds"], "; ".join(found))


@exercise(
    "1.2",
    "Say goodbye",
    desired='"Goodbye world" for {} and "Goodbye Ada" for {"name": "Ada"}',
    hints=[
        "It is HelloWorld with another word and another name: source, zip, one call.",
        "create_function. What Handler names has to be a file in the zip and a function that it exports.",
    ],
    half='''
goodbye_mjs = """
export const handler = async (event) => `Goodbye ${___ || "world"}`;
"""
lambda_client.create_function(
    FunctionName=___,
    Runtime="nodejs24.x",
    Role=lab.role,
    Handler=___,
    Code={"ZipFile": zip_file(___, goodbye_mjs)},
)
lambda_client.get_waiter("function_active_v2").wait(FunctionName=___)
''',
)
def say_goodbye(lab: Connection) -> Check:
    """`GoodbyeWorld` answers with the event's name, and with "world" without one."""
    answers = [invoke(lab, "GoodbyeWorld", event) for event in ({}, {"name": "Ada"})]
    found = " and ".join(map(str, answers))
    if [answer.payload for answer in answers] != ["Goodbye world", "Goodbye Ada"]:
        return Check(False, found)
    general = greets_anybody(lab, "GoodbyeWorld", "Goodbye {}")
    return Check(general, found if general else f"{found}, {CONSTANT}")


@exercise(
    "1.3",
    "Leave your name",
    desired="an event with your name, under the key name, in the log of HelloWorld",
    hints=[
        "HelloWorld logs every event it gets: whose name is in it is up to you.",
        'Invoke HelloWorld with Payload=json.dumps({"name": ...}).',
    ],
)
def leave_your_name(lab: Connection) -> Check:
    """The log group of `HelloWorld` holds an event with a name that the notebook itself did not send."""
    name, near = new_name(lab, "HelloWorld", NAMES_IN_THE_LAB)
    if not name:
        given(lab, "HelloWorld")
    return Check(bool(name), f"the name {name}" if name else near or "only the lab's own events")


@exercise(
    "1.4",
    "Repair HelloBroken",
    desired='"Hello world", by the handler index.handler, from the code as it was',
    hints=[
        "The code is right. What Lambda was told to call is not.",
        "update_function_configuration with Handler; the code exports handler.",
    ],
)
def repair_hello_broken(lab: Connection) -> Check:
    """`HelloBroken` greets because its configuration was repaired: its code is still that of `HelloWorld`."""
    for function in ("HelloBroken", "HelloWorld"):
        given(lab, function)
    api = lab.client("lambda")
    broken, hello = (api.get_function_configuration(FunctionName=name) for name in ("HelloBroken", "HelloWorld"))
    answer = invoke(lab, "HelloBroken", {})
    found = f"{answer}, by the handler {broken['Handler']}"
    if broken["CodeSha256"] != hello["CodeSha256"]:
        return Check(False, f"{found}, but its code is no longer that of HelloWorld")
    return Check(answer.payload == "Hello world" and broken["Handler"] == "index.handler", found)


@exercise(
    "1.5",
    "Be strict in Python",
    desired='"Hello Ada" for {"name": "Ada"} and a ValueError for {}, from a Python runtime',
    hints=[
        "Fail loudly: an event without a name is an error, and the caller should see it as one.",
        "raise ValueError(...) in the handler; Invoke then answers with FunctionError and errorType.",
    ],
    half='''
strict_py = """
def lambda_handler(event, context):
    if not ___:
        raise ___("a greeting needs a name")
    return "Hello " + ___
"""
deploy(
    lab,
    "HelloStrictPython",
    {___: strict_py},
    Runtime="python3.14",
    Handler=___,
)
''',
)
def be_strict_in_python(lab: Connection) -> Check:
    """`HelloStrictPython` greets a name, and raises ValueError when there is none."""
    configuration = lab.client("lambda").get_function_configuration(FunctionName="HelloStrictPython")
    greeted = invoke(lab, "HelloStrictPython", {"name": "Ada"})
    refused = invoke(lab, "HelloStrictPython", {})
    runtime = configuration["Runtime"]
    found = f"{greeted} and {refused}, from {runtime}"
    if greeted.payload != "Hello Ada" or refused.error_type != "ValueError" or not runtime.startswith("python"):
        return Check(False, found)
    general = greets_anybody(lab, "HelloStrictPython", "Hello {}")
    return Check(general, found if general else f"{found}, {CONSTANT}")
