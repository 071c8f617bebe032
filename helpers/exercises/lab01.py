"""Lab 01, Hello world: exercises. Each is judged by invoking a function or by reading its log."""

from helpers.checks import Check, exercise
from helpers.cleanup import Owns
from helpers.exercises.evidence import invoke, logged

TITLE = "Hello world"
OWNS = Owns(functions=("HelloWorld", "Goodbye", "Picky", "WhoAmI", "lab01-*"))
SOLUTIONS = "labs/solutions/01_hello_world.py"


@exercise(
    "1.1",
    "Goodbye says goodbye",
    desired='"Goodbye David" for {"name": "David"} and "Goodbye world" for {}',
    hints=[
        "It is HelloWorld with another word: a handler, a zip, one call. Choose the language you like.",
        "CreateFunction; Runtime, Handler and the file's name in the zip have to agree.",
        f"The explained solution is block 1.1 in {SOLUTIONS}.",
    ],
)
def goodbye(lab) -> Check:
    """`Goodbye` answers with the event's name, and with "world" without one."""
    answers = [invoke(lab, "Goodbye", event) for event in ({"name": "David"}, {})]
    return Check(
        [answer.payload for answer in answers] == ["Goodbye David", "Goodbye world"],
        " and ".join(map(str, answers)),
    )


@exercise(
    "1.2",
    "Picky fails without a name",
    desired='"Hello David" for {"name": "David"}, and for {} a function error whose message mentions the name',
    hints=[
        "The caller should see a function error, not an answer that merely says so.",
        "Raise (Python) or throw (Node.js): Invoke then answers with FunctionError, errorType and errorMessage.",
        f"The explained solution is block 1.2 in {SOLUTIONS}.",
    ],
)
def picky(lab) -> Check:
    """`Picky` greets a name, and raises an error that mentions the name when there is none."""
    greeted, refused = invoke(lab, "Picky", {"name": "David"}), invoke(lab, "Picky", {})
    return Check(
        greeted.payload == "Hello David" and refused.error == "Unhandled" and "name" in refused.message,
        f"{greeted}, and {refused}",
    )


@exercise(
    "1.3",
    "WhoAmI tells what the context knows",
    desired='{"function": its name, "request": the request id, "remaining": the milliseconds left}',
    hints=[
        "The handler's second argument knows all three; the event knows none of them.",
        "Python: function_name, aws_request_id, get_remaining_time_in_millis(). "
        "Node.js: functionName, awsRequestId, getRemainingTimeInMillis().",
        f"The explained solution is block 1.3 in {SOLUTIONS}.",
    ],
)
def who_am_i(lab) -> Check:
    """`WhoAmI` answers {"function", "request", "remaining"} from its context, true for this very invocation."""
    answer = invoke(lab, "WhoAmI", {})
    told = answer.payload if isinstance(answer.payload, dict) else {}
    timeout = lab.client("lambda").get_function_configuration(FunctionName="WhoAmI")["Timeout"] * 1000
    remaining = told.get("remaining")
    right = {
        "function": told.get("function") == "WhoAmI",
        "request": told.get("request") == answer.request_id,
        "remaining": type(remaining) in (int, float) and 0 < remaining <= timeout,
    }
    wrong = [name for name, is_right in right.items() if not is_right]
    return Check(not wrong, f"{' and '.join(wrong)} missing or wrong" if wrong else "all three right")


@exercise(
    "1.4",
    "Ada is in the log",
    desired="an event with the name Ada in the log group /aws/lambda/HelloWorld",
    hints=[
        "HelloWorld logs every event it gets. Whose name is in the event is up to you.",
        "Invoke HelloWorld with the name Ada; then FilterLogEvents on /aws/lambda/HelloWorld shows the line.",
        f"The explained solution is block 1.4 in {SOLUTIONS}.",
    ],
)
def ada_in_the_log(lab) -> Check:
    """The log group of `HelloWorld` holds an event that names Ada."""
    lines = logged(lab, "HelloWorld", lambda line: "Ada" in line)
    return Check(bool(lines), "it is there" if lines else "none")
