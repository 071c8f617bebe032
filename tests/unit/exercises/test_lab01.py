"""Lab 01's checks, against functions that cheat."""

from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab01
from helpers.exercises.evidence import answers
from helpers.exercises.evidence.answers import CONSTANT


@pytest.fixture
def judged(monkeypatch):
    """`judged(exercise, greet, **configuration)`: the check of a function that answers `greet(name)`."""

    def judge(exercise, greet, **configuration):
        def invoke(lab, function, event):
            try:
                return FunctionResponse(greet(event.get("name")), None, "r")
            except ValueError as error:
                return FunctionResponse({"errorType": "ValueError", "errorMessage": str(error)}, "Unhandled", "r")

        for module in (lab01, answers):
            monkeypatch.setattr(module, "invoke", invoke)
        world = {"CodeSha256": "that of HelloWorld"}
        api = SimpleNamespace(
            get_function_configuration=lambda FunctionName: world if FunctionName == "HelloWorld" else configuration  # noqa: N803
        )
        return exercise.check(SimpleNamespace(client=lambda service: api))

    return judge


@pytest.mark.parametrize(
    ("greet", "passed"),
    [
        (lambda name: f"Goodbye {name or 'world'}", True),
        (lambda name: "Goodbye Ada" if name else "Goodbye world", False),
        (lambda name: f"Goodbye {name}", False),
        (lambda name: f"Hello {name or 'world'}", False),
    ],
)
def test_goodbye_is_said_to_anybody_not_to_ada_alone(judged, greet, passed):
    assert judged(lab01.say_goodbye, greet).passed is passed


def test_an_answer_that_is_always_the_same_is_said_to_be_that(judged):
    found = judged(lab01.say_goodbye, lambda name: "Goodbye Ada" if name else "Goodbye world").actual
    assert found == f'"Goodbye world" and "Goodbye Ada", {CONSTANT}'


@pytest.mark.parametrize(
    ("greet", "handler", "code", "passed"),
    [
        (lambda name: f"Hello {name or 'world'}", "index.handler", "that of HelloWorld", True),
        (lambda name: f"Hello {name or 'world'}", "index.handler", "another", False),
        (lambda name: f"Hello {name or 'world'}", "index.hello", "that of HelloWorld", False),
        (lambda name: "Bye", "index.handler", "that of HelloWorld", False),
    ],
)
def test_what_was_broken_is_repaired_and_not_replaced(judged, greet, handler, code, passed):
    check = judged(lab01.repair_hello_broken, greet, Handler=handler, CodeSha256=code)
    assert check.passed is passed
    assert ("its code is no longer that of HelloWorld" in check.actual) is (code == "another")


@pytest.mark.parametrize(
    ("python", "node", "passed", "found"),
    [
        (10, 3, True, "10 seconds"),
        (10, 10, True, "10 seconds"),
        (3, 3, False, "3 seconds"),
        (3, 10, False, "3 seconds; HelloWorld has the 10"),
    ],
)
def test_the_python_function_has_more_time(python, node, passed, found):
    check = more_time({"HelloPython": {"Timeout": python}, "HelloWorld": {"Timeout": node}})
    assert (check.passed, check.actual) == (passed, found)


def more_time(settings):
    def get_function_configuration(FunctionName):  # noqa: N803
        return {**lab01.HELLO_PYTHON, **settings[FunctionName]}

    api = SimpleNamespace(get_function_configuration=get_function_configuration)
    return lab01.give_it_more_time.check(SimpleNamespace(client=lambda service: api))


def test_more_time_and_more_memory_is_more_than_was_asked_for():
    check = more_time({"HelloPython": {"Timeout": 10, "MemorySize": 512}, "HelloWorld": {"Timeout": 3}})
    assert (check.passed, check.actual) == (False, "10 seconds; MemorySize 512, which was 128")


def strict(name):
    if not name:
        raise ValueError("a greeting needs a name")
    return f"Hello {name}"


def only_ada(name):
    return strict(name and "Ada")


@pytest.mark.parametrize(
    ("greet", "runtime", "passed"),
    [(strict, "python3.14", True), (strict, "nodejs24.x", False), (only_ada, "python3.14", False)],
)
def test_strict_is_who_greets_every_name_and_refuses_none_in_python(judged, greet, runtime, passed):
    assert judged(lab01.be_strict_in_python, greet, Runtime=runtime).passed is passed


@pytest.mark.parametrize(
    ("found", "passed", "actual"),
    [
        (("Grace", None), True, "the name Grace"),
        ((None, "the key Name, the goal says name"), False, "the key Name, the goal says name"),
        ((None, None), False, "only the lab's own events"),
    ],
)
def test_a_name_in_the_log_is_named_and_a_near_miss_too(monkeypatch, found, passed, actual):
    monkeypatch.setattr(lab01, "new_name", lambda *_: found)
    monkeypatch.setattr(lab01, "given", lambda *_: None)
    check = lab01.leave_your_name.check(None)
    assert (check.passed, check.actual) == (passed, actual)
