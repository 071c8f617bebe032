"""Lab 06, Sync and async chaining: exercises. Judged by functions' answers, their roles, by queues and tables."""

import json
import time
import uuid

from helpers.checks import Check, exercise
from helpers.cleanup import Owns
from helpers.exercises.evidence import invoke, logged, resources

TITLE = "Sync and async chaining"
OWNS = Owns(
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
    ),
    roles=("lab06-*",),
    policies=("lab06-*",),
    queues=("lab06-*",),
    topics=("lab06-*",),
    tables=("lab06-*",),
    state_machines=("lab06-*",),
)
NEEDS = ("lambda", "iam", "dynamodb")
SOLUTIONS = "labs/solutions/06_chaining.py"


@exercise(
    "6.1",
    "Let it call one more",
    desired='an answer to {} through secondFunctionPython, and a role that names both functions and no "*"',
    hints=[
        "The error says what is missing: an action on one more resource.",
        "PutRolePolicy on lab06-first: lambda:InvokeFunction, with the function's ARN as the Resource.",
        f"The explained solution is block 6.1 in {SOLUTIONS}.",
    ],
)
def let_it_call_one_more(lab) -> Check:
    """`firstFunctionPython` reaches its callee, and the role allows calling the two functions and nothing else."""
    api = lab.client("lambda")
    answer = invoke(lab, "firstFunctionPython", {})
    names = ("secondFunction", "secondFunctionPython")
    wanted = {api.get_function_configuration(FunctionName=name)["FunctionArn"] for name in names}
    allowed = resources(lab, "lab06-first", "lambda:")
    worked = not answer.error and answer.payload.get("status") == 200
    found = ", ".join(sorted(arn.rpartition(":")[2] for arn in allowed)) or "no function"
    return Check(worked and allowed == wanted, f"{answer}, and a role that names {found}")


@exercise(
    "6.2",
    "Hear of the third",
    desired="a record in lab06-failed that thirdFunction failed in 2 attempts",
    hints=[
        "Two attempts are one retry. The queue is where secondFunction's failures went.",
        "PutFunctionEventInvokeConfig with MaximumRetryAttempts and OnFailure, then Invoke with Event.",
        f"The explained solution is block 6.2 in {SOLUTIONS}.",
    ],
)
def hear_of_the_third(lab) -> Check:
    """`thirdFunction` has one retry and a destination, and the destination holds a record of two attempts."""
    api = lab.client("lambda")
    try:
        configured = api.get_function_event_invoke_config(FunctionName="thirdFunction")
    except api.exceptions.ResourceNotFoundException:
        return Check(False, "nothing configured for its events")
    target = configured.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    if not target.endswith(":lab06-failed"):
        return Check(False, f"the destination {target or 'nowhere'}")
    url = lab.client("sqs").get_queue_url(QueueName="lab06-failed")["QueueUrl"]
    for _ in range(20):
        if 2 in (attempts := attempts_of(peek(lab, url), "thirdFunction")):
            return Check(True, "a record of 2 attempts")
        time.sleep(0.3)
    if not attempts:
        return Check(False, "no record of thirdFunction in lab06-failed")
    return Check(False, f"a record of {attempts[-1]} attempt{'s' * (attempts[-1] != 1)}")


def attempts_of(records: list[str], function: str) -> list[int]:
    """Return how often Lambda tried each event of `function` that it gave up, from the records of a destination."""
    contexts = [json.loads(record).get("requestContext", {}) for record in records]
    return [
        context["approximateInvokeCount"]
        for context in contexts
        if f":{function}" in context.get("functionArn", "") and context["condition"] == "RetriesExhausted"
    ]


def peek(lab, url: str) -> list[str]:
    """Return the bodies of messages in a queue, and leave them there."""
    answer = lab.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
    return [message["Body"] for message in answer.get("Messages", [])]


@exercise(
    "6.3",
    "Refund once",
    desired="10 refunded by two deliveries of one event",
    hints=[
        "chargeOrder remembers its orders. Where does refundOrder look before it pays?",
        "TransactWriteItems with a conditional Put, as in chargeOrder, under an id that is not that of the charge.",
        f"The explained solution is block 6.3 in {SOLUTIONS}.",
    ],
)
def refund_once(lab) -> Check:
    """Two invocations of `refundOrder` with one event change the customer's refund once; another event counts anew."""
    customer = f"check-{uuid.uuid4().hex[:8]}"
    mark = {"id": {"S": f"{customer}-1"}}  # the order was charged before: that is what chargeOrder leaves
    lab.client("dynamodb").put_item(TableName="lab06-bills", Item=mark)
    for delivery in (1, 2):
        answer = invoke(lab, "refundOrder", {"order": f"{customer}-1", "customer": customer, "amount": 10})
        if answer.error:
            return Check(False, f"{answer} in delivery {delivery}")
    once = refunded(lab, customer)
    invoke(lab, "refundOrder", {"order": f"{customer}-2", "customer": customer, "amount": 10})
    if once == 10 and refunded(lab, customer) != 20:
        return Check(False, "10 refunded, but nothing for the customer's next order")
    return Check(once == 10, f"{once} refunded")


def refunded(lab, customer: str) -> int:
    """Return what the table says was refunded to a customer."""
    item = lab.client("dynamodb").get_item(
        TableName="lab06-bills", Key={"id": {"S": f"refunds of {customer}"}}, ConsistentRead=True
    )
    return int(item.get("Item", {}).get("total", {"N": "0"})["N"])


@exercise(
    "6.4",
    "Redrive the dead order",
    desired="order 3 packed, and no message in lab06-orders-dead",
    hints=[
        "First the reason, then the message: packOrders lacks gift paper.",
        "UpdateFunctionConfiguration with the variable GIFT_PAPER, then StartMessageMoveTask on lab06-orders-dead.",
        f"The explained solution is block 6.4 in {SOLUTIONS}.",
    ],
)
def redrive_the_dead_order(lab) -> Check:
    """The dead-letter queue is empty, and the log of `packOrders` says that order 3 was packed."""
    api = lab.client("sqs")
    url = api.get_queue_url(QueueName="lab06-orders-dead")["QueueUrl"]
    attributes = api.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    waiting = int(attributes["ApproximateNumberOfMessages"])
    if waiting:
        return Check(False, f"{waiting} message{'s' * (waiting != 1)} in lab06-orders-dead")
    packed = logged(lab, "packOrders", lambda line: line.startswith("packed order 3"), seconds=5)
    return Check(bool(packed), "it is packed" if packed else "no message, but order 3 not packed either")
