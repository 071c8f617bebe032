"""Lab 06, Sync and async chaining: the appendix. Checks read what is in the cloud, and start executions."""

import random

from helpers.backend.session import Connection
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import executions, fan_out, messages
from helpers.exercises.evidence.answers import logged, variables_of
from helpers.exercises.evidence.executions import Execution
from helpers.exercises.near_misses import near_miss


@exercise(
    "6.5",
    "Redrive the dead order",
    desired="order 3 packed, and no message in lab06-orders-dead",
    hints=[
        "First the reason, then the message: packOrders lacks gift paper.",
        "UpdateFunctionConfiguration with the variable GIFT_PAPER, then StartMessageMoveTask on lab06-orders-dead.",
    ],
    half="""
configure("packOrders", Environment={"Variables": {___: "yes"}})
sqs.start_message_move_task(SourceArn=___)
""",
)
def redrive_the_dead_order(lab: Connection) -> Check:
    """`packOrders` has gift paper, SQS has moved the message, and the log says that order 3 was packed."""
    variables = variables_of(lab.client("lambda").get_function_configuration(FunctionName="packOrders"))
    if "GIFT_PAPER" not in variables:
        near = near_miss("variable", "GIFT_PAPER", variables)
        return Check(False, near or "packOrders has no GIFT_PAPER yet: what you move comes back")
    api = lab.client("sqs")
    url = api.get_queue_url(QueueName="lab06-orders-dead")["QueueUrl"]
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    attributes = api.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
    waiting, hidden = (int(attributes[name]) for name in counts)
    if waiting or hidden:
        found = f"{waiting + hidden} message{'s' * (waiting + hidden != 1)} in lab06-orders-dead"
        received = ", received but not deleted: hidden until its visibility timeout has passed"
        return Check(False, f"{found}{'' if waiting else received}")
    moves = api.list_message_move_tasks(SourceArn=f"arn:aws:sqs:{lab.region}:{lab.account}:lab06-orders-dead")
    if not any(task.get("ApproximateNumberOfMessagesMoved") for task in moves["Results"]):
        return Check(False, "no message that SQS has moved from lab06-orders-dead, so the dead one is lost")
    packed = logged(lab, "packOrders", lambda line: line.strip() == "packed order 3", seconds=5)
    return Check(bool(packed), "it is packed" if packed else "no message, but order 3 not packed either")


@exercise(
    "6.6",
    "Hear of gifts only",
    desired="updateStock hearing of what has the attribute gift, value yes, and mailCustomer hearing of all",
    hints=[
        "Every subscriber gets a copy, unless its subscription says which messages it wants.",
        "SetSubscriptionAttributes with FilterPolicy, as JSON: a list of values for the attribute.",
    ],
    half="""
for subscription in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
    if subscription["Endpoint"] == arn_of(___):
        sns.set_subscription_attributes(
            SubscriptionArn=subscription["SubscriptionArn"],
            AttributeName=___,
            AttributeValue=json.dumps({___: [___]}),
        )
""",
)
def hear_of_gifts_only(lab: Connection) -> Check:
    """Of messages made up here, `updateStock` hears of the gift only, `mailCustomer` of all."""
    topic = f"arn:aws:sns:{lab.region}:{lab.account}:lab06-orders-placed"
    found = fan_out.heard(lab, topic, ("mailCustomer", "updateStock"))
    passed = found == {"mailCustomer": ["ordinary", "other gift", "gift"], "updateStock": ["gift"]}
    return Check(passed, "; ".join(f"{who} hearing of {', '.join(what) or 'nothing'}" for who, what in found.items()))


@exercise(
    "6.7",
    "Give the desk an hour",
    desired="a question to the desk that waits for an hour; if the desk fails, a step refund, and the execution "
    "succeeding with receipt and refunded; if it answers, a parcel",
    hints=[
        "create_callback takes a CallbackConfig (…config) with a timeout; then desk.result() may raise a CallbackError "
        "(…exceptions).",
        "CallbackConfig(timeout=Duration.from_hours(1)); except CallbackError: refund in a step, and return. A bare "
        "except would catch the waiting, too.",
    ],
    half="""
imports = "from aws_durable_execution_sdk_python.config import CallbackConfig\\n"
imports += "from aws_durable_execution_sdk_python.exceptions import CallbackError\\n"
hour_py = imports + flow_py.lstrip().replace('name="desk")', 'name="desk", config=CallbackConfig(timeout=___))')
tried = '''    try:
        answer = desk.result()
    except ___:
        context.step(lambda _: print("refund order", order), name="refund")
        return {"receipt": receipt, "refunded": ___}'''
hour_py = hour_py.replace("    answer = desk.result()", tried)
_ = deploy(lab, "orderFlow", {"index.py": hour_py, "work.py": work_py}, **durable)
""",
)
def give_the_desk_an_hour(lab: Connection) -> Check:
    """Of two executions that the check starts, the one whose desk fails refunds, and the other goes on as before."""
    refused, served = random.sample(range(1_000, 10_000), 2)
    first, second = (executions.start(lab, "orderFlow", {"order": order}) for order in (refused, served))
    try:
        return judge(first, second, refused, served)
    finally:
        first.stop()
        second.stop()
        asked = [f'"order": {order},' for order in (refused, served)]  # the next that the learner reads is another
        messages.texts(lab, "lab06-desk", remove=lambda text: any(one in text for one in asked))


def judge(first: Execution, second: Execution, refused: int, served: int) -> Check:
    """Let the desk fail for the first execution and answer the second."""
    if not first.callback or not second.callback:
        return Check(False, "an execution that does not wait for the desk")
    first.fail("no paper")
    second.succeed("yes")
    if (seconds := first.callback.get("Timeout")) != 3600:
        return Check(False, f"a question that waits for {f'{seconds} s' if seconds else 'as long as the execution'}")
    status, result = first.end()
    if status != "SUCCEEDED":
        return Check(False, f"an execution that is {status} after the desk has failed")
    if result != {"receipt": f"receipt {refused}", "refunded": refused}:
        return Check(False, f"{result} after the desk has failed")
    if "refund" not in [event.get("Name") for event in first.events("StepSucceeded")]:
        return Check(False, "an order refunded, but not in a step called refund")
    status, result = second.end()
    wanted = {"receipt": f"receipt {served}", "desk": "yes", "parcel": "a parcel"}
    return Check((status, result) == ("SUCCEEDED", wanted), f"{status}, {result} after the desk has answered")
