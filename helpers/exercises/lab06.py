"""Lab 06, Sync and async chaining: exercises. Checks read functions' responses, roles, queues and tables."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from helpers.backend.function_names import function_name
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.appendix06 import (  # noqa: F401 (they are the lab's, too)
    give_the_desk_an_hour,
    hear_of_gifts_only,
    redrive_the_dead_order,
)
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import failures
from helpers.exercises.evidence.answers import invoke, variables_of, with_new_environments, with_variables
from helpers.exercises.evidence.roles import grants, may_call
from helpers.exercises.evidence.waiting import seconds_for

ABOUT = About(
    title="Sync and async chaining",
    you_will="call functions from functions, now and later",
    minutes=40,
    builds_on=("01", "02"),
    place=(3, 2),
    owns=Owns(
        functions=(
            "firstFunction",
            "secondFunction",
            "firstFunctionPython",
            "secondFunctionPython",
            "thirdFunction",
            "chargeOrder",
            "refundOrder",
            "packOrders",
            "mailCustomer",
            "updateStock",
            "orderFlow",
            "loopFunction",
        ),
        roles=("lab06-*",),
        policies=("lab06-*",),
        queues=("lab06-*",),
        topics=("lab06-*",),
        tables=("lab06-*",),
        state_machines=("lab06-*",),
    ),
    needs=("lambda", "iam", "dynamodb"),
)
AT_ONCE = 4  # deliveries of one event


@exercise(
    "6.1",
    "Let it call one more",
    desired="an answer to {} from secondFunctionPython, and a role lab06-first that may call this and secondFunction, "
    "and nothing else",
    hints=[
        "The error says what is missing: an action on one more resource.",
        "PutRolePolicy on lab06-first: lambda:InvokeFunction, with the function's ARN as the Resource.",
    ],
    half='allow("lab06-first", "call-second-python", ___, arn_of(___))',
)
def let_it_call_one_more(lab: Connection) -> Check:
    """`firstFunctionPython` reaches its callee, and its role allows calling the two functions and nothing else."""
    configured = lab.client("lambda").get_function_configuration(FunctionName="firstFunctionPython")
    role = configured["Role"].rpartition("/")[2]
    if role != "lab06-first":
        return Check(False, f"firstFunctionPython with the role {role}")
    named = variables_of(configured).get("SECOND_FUNCTION", "")
    if function_name(named) != "secondFunctionPython":
        return Check(False, f"firstFunctionPython with SECOND_FUNCTION {named or 'not set'}")
    answer = invoke(lab, "firstFunctionPython", {})
    passed_on = answer.payload if isinstance(answer.payload, dict) else {}
    worked = not answer.error and passed_on.get("status") == 200 and not passed_on.get("functionError")
    allowed, found = may_call(grants(lab, role), {"secondFunction", "secondFunctionPython"})
    return Check(worked and allowed, f"{answer}, and {found}")


@exercise(
    "6.2",
    "Let the error be one",
    desired='firstFunction failing with "out of paper" when secondFunction does, and no error otherwise',
    hints=[
        "The response has a field that says whether the callee failed.",
        "if (response.FunctionError) throw new Error(...) with the answer's errorMessage; deploy it as in step 1.",
    ],
    half="""
look = "  if (response.___) throw new Error(JSON.parse(payload).___);\\n"
throwing_js = source("first_function.mjs")["index.mjs"].replace("  return {", look + "  return {")
deploy(lab, "firstFunction", {"index.mjs": throwing_js}, Timeout=10, **settings, **node)
""",
)
def let_the_error_be_one(lab: Connection) -> Check:
    """`firstFunction` fails with its callee, which has no paper; with paper, and in a dry run, it answers."""
    api = lab.client("lambda")
    first, second = (api.get_function_configuration(FunctionName=name) for name in ("firstFunction", "secondFunction"))
    called, variables = variables_of(first).get("SECOND_FUNCTION", ""), variables_of(second)
    if function_name(called) != "secondFunction":
        return Check(False, f"firstFunction with SECOND_FUNCTION {called or 'not set'}: deploy it with **settings")
    if variables.get("PAPER") != "empty":
        return Check(False, "secondFunction has paper, so it does not fail: run the cell of step 6 first")
    failed, dry = (invoke(lab, "firstFunction", event) for event in ({}, {"invocationType": "DryRun"}))
    said = failed.payload.get("errorMessage", "") if isinstance(failed.payload, dict) else ""
    if dry.error or not isinstance(dry.payload, dict) or dry.payload.get("status") != 204:
        return Check(False, f"{dry} for a dry run, which does not fail")
    if not failed.error:
        return Check(False, "firstFunction succeeded")
    if "out of paper" not in said:
        return Check(False, f"firstFunction failing with {said!r}")
    with with_variables(lab, "secondFunction", {**variables, "PAPER": "full"}):
        works = invoke(lab, "firstFunction", {"waitingPeriodSeconds": 0})
    answered = not works.error and isinstance(works.payload, dict) and works.payload.get("answer") == {"waited": 0}
    return Check(answered, f"firstFunction failing with {said!r}, and {works} when secondFunction has paper")


@exercise(
    "6.3",
    "Hear of the third",
    desired="a record in lab06-failed that thirdFunction failed in 2 attempts",
    hints=[
        "Two attempts are one retry. The queue is where secondFunction's failures went.",
        "PutFunctionEventInvokeConfig with MaximumRetryAttempts and OnFailure, then Invoke with Event.",
    ],
    half="""
lambda_client.put_function_event_invoke_config(
    FunctionName=___, MaximumRetryAttempts=___, DestinationConfig={___: {"Destination": failed.arn}}
)
""",
)
def hear_of_the_third(lab: Connection) -> Check:
    """`thirdFunction` has one retry, and its destination has the record of an event, the learner's or the check's."""
    api = lab.client("lambda")
    try:
        configured = api.get_function_event_invoke_config(FunctionName="thirdFunction")
    except api.exceptions.ResourceNotFoundException:
        return Check(False, "nothing configured for its events")
    target = configured.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    if not target.endswith(":lab06-failed"):
        return Check(False, f"its destination for failures is {target or 'not set'}")
    retries = configured.get("MaximumRetryAttempts", failures.RETRIES)
    if retries != 1:
        return Check(False, f"MaximumRetryAttempts is {retries}, that is {failures.attempts(retries + 1)}")
    if any(record.is_exhausted("thirdFunction", 2) for record in failures.records(lab, "lab06-failed")):
        return Check(True, "a record of 2 attempts")
    record = failures.send_event(lab, "thirdFunction", "lab06-failed", seconds=seconds_for(lab, 15, 150))
    if record is None:
        return Check(False, "no record of an event that the check sent to thirdFunction: does it still fail?")
    return Check(record.is_exhausted("thirdFunction", 2), f"a record of an event that the check sent: {record}")


@exercise(
    "6.4",
    "Refund once",
    desired="10 refunded by two deliveries of one event",
    hints=[
        "chargeOrder lets the table refuse what it has seen. What could the table refuse here?",
        "TransactWriteItems with a conditional Put, as in chargeOrder, under an id that is not that of the charge.",
    ],
)
def refund_once(lab: Connection) -> Check:
    """Invocations of `refundOrder` with the same event refund the customer once, in whichever environment they run.

    Also when they come at the same moment. Another event counts anew.
    """
    customer = f"check-{uuid.uuid4().hex[:8]}"
    mark = {"id": {"S": f"{customer}-1"}}  # the order was charged before: that is what chargeOrder leaves
    lab.client("dynamodb").put_item(TableName="lab06-bills", Item=mark)
    event = {"order": f"{customer}-1", "customer": customer, "amount": 10}
    for delivery in (1, 2):
        answer = invoke(lab, "refundOrder", event)
        if answer.error:
            return Check(False, f"{answer} in delivery {delivery}")
    if refunded(lab, customer) == 10:  # it remembers. Where? An environment ends, the table stays
        with with_new_environments(lab, "refundOrder"):
            answer = invoke(lab, "refundOrder", event)
        if answer.error:
            return Check(False, f"{answer} in delivery 3, to a new environment")
        if (total := refunded(lab, customer)) != 10:
            return Check(False, f"{total} refunded, for the third delivery met a new environment that knew of none")
    if (once := refunded(lab, customer)) != 10:
        return Check(False, f"{once} refunded")
    for number in (2, 3, 4):  # again and again: some bursts pass a function that looks first and marks later
        order = {"order": f"{customer}-{number}", "customer": customer, "amount": 10}
        before = refunded(lab, customer)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(invoke, [lab] * AT_ONCE, ["refundOrder"] * AT_ONCE, [order] * AT_ONCE))
        if failed := next((answer for answer in answers if answer.error), None):
            return Check(False, f"{failed} in one of {AT_ONCE} deliveries at once")
        if (once := refunded(lab, customer) - before) == 0:
            return Check(False, "10 refunded, but nothing for the customer's next order")
        if once != 10:
            late = "some looked before the first had marked"
            return Check(False, f"{once} refunded by {AT_ONCE} deliveries at once: {late}")
    return Check(True, "10 refunded")


def refunded(lab: Connection, customer: str) -> int:
    """Return the amount in the table that was refunded to a customer."""
    item = lab.client("dynamodb").get_item(
        TableName="lab06-bills", Key={"id": {"S": f"refunds of {customer}"}}, ConsistentRead=True
    )
    return int(item.get("Item", {}).get("total", {"N": "0"})["N"])
