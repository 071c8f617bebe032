"""Lab 06, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 6.1 Let it call one more
# A second policy beside the first. One policy with both ARNs in a list would do as well; `"Resource": "*"` would let
# the function call everything in the account.
allow("lab06-first", "call-second-python", "lambda:InvokeFunction", arn_of("secondFunctionPython"))
wait_for(
    lambda: call("firstFunctionPython", {})["FunctionError"] is None
)  # on AWS a new policy takes some seconds

# %% 6.2 Let the error be one
# An error of the callee is an answer like any other for the SDK: the caller has to look, and to throw one of its own.
look = "  if (response.FunctionError) throw new Error(JSON.parse(payload).errorMessage);\n"
throwing_js = source("first_function.mjs")["index.mjs"].replace("  return {", look + "  return {")
deploy(lab, "firstFunction", {"index.mjs": throwing_js}, Timeout=10, **settings, **node)

# %% 6.3 Hear of the third
# MaximumRetryAttempts counts what comes after the first attempt. The destination is written with the function's role,
# lab06-second, which may send to this queue already.
lambda_client.put_function_event_invoke_config(
    FunctionName="thirdFunction",
    MaximumRetryAttempts=1,
    DestinationConfig={"OnFailure": {"Destination": failed.arn}},
)
lambda_client.invoke(
    FunctionName="thirdFunction", InvocationType="Event", Payload=json.dumps({"order": 8})
)

# %% 6.4 Refund once
# As in chargeOrder: the mark and the money are one transaction, so they happen together or not at all. The mark is
# "refund of …": the order's own id is taken already, by its charge.
refund_once_py = """
import boto3

table = boto3.resource("dynamodb").Table("lab06-bills")
database = table.meta.client


def handler(event, context):
    mark = {"TableName": table.name, "Item": {"id": f"refund of {event['order']}"},
            "ConditionExpression": "attribute_not_exists(id)"}
    pay = {"TableName": table.name, "Key": {"id": f"refunds of {event['customer']}"},
           "UpdateExpression": "ADD #total :amount", "ExpressionAttributeNames": {"#total": "total"},
           "ExpressionAttributeValues": {":amount": event["amount"]}}
    try:
        database.transact_write_items(TransactItems=[{"Put": mark}, {"Update": pay}])
    except database.exceptions.TransactionCanceledException as error:
        if error.response["CancellationReasons"][0]["Code"] != "ConditionalCheckFailed":
            raise
        return f"{event['order']} was refunded before"
    return f"{event['order']} refunded"
"""
deploy(lab, "refundOrder", {"index.py": refund_once_py}, Role=orders_role, Timeout=10, **python)

# %% 6.5 Redrive the dead order
# Cure first, then redrive: the other way round the message would fail again and come back. Without a DestinationArn
# the messages return to the queue that they came from.
configure("packOrders", Environment={"Variables": {"GIFT_PAPER": "yes"}})
sqs.start_message_move_task(SourceArn=orders_dead.arn)

# %% 6.6 Hear of gifts only
# The filter is the subscription's: who publishes need not know of it. What does not match is not delivered, nor paid.
for subscription in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
    if subscription["Endpoint"] == arn_of("updateStock"):
        sns.set_subscription_attributes(
            SubscriptionArn=subscription["SubscriptionArn"],
            AttributeName="FilterPolicy",
            AttributeValue=json.dumps({"gift": ["yes"]}),
        )

# %% 6.7 Give the desk an hour
# A callback that fails, or whose time is over, comes out of result() as an exception. What is done then is a step too:
# outside of one it would be done again whenever the handler begins again. (Real money needs a mark besides, as in 6.4.)
imports = "from aws_durable_execution_sdk_python.config import CallbackConfig\n"
imports += "from aws_durable_execution_sdk_python.exceptions import CallbackError\n"
deadline = 'name="desk", config=CallbackConfig(timeout=Duration.from_hours(1)))'
hour_py = imports + flow_py.lstrip().replace('name="desk")', deadline)
tried = """    try:
        answer = desk.result()
    except CallbackError:
        context.step(lambda _: print("refund order", order), name="refund")
        return {"receipt": receipt, "refunded": order}"""
hour_py = hour_py.replace("    answer = desk.result()", tried)
_ = deploy(lab, "orderFlow", {"index.py": hour_py, "work.py": work_py}, **durable)

# %% On your own 1: No concurrency at all
# With 0 the event cannot run, and nobody waits for that to change: the record comes at once.
while messages := sqs.receive_message(QueueUrl=failed.url).get("Messages"):
    done(failed, messages[0])
lambda_client.put_function_concurrency(FunctionName="secondFunction", ReservedConcurrentExecutions=0)
send({"order": 12})
json.loads(receive(failed)["Body"])["requestContext"]["condition"]
