# Charges each message of a batch once. By hand: structured logs, metrics, idempotency, partial failures.
import json
import os
import time

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
TakenError = table.meta.client.exceptions.ConditionalCheckFailedException
service = os.environ["POWERTOOLS_SERVICE_NAME"]
cold = True


def log(level, message, context, **more):
    said = {"level": level, "message": message, "service": service, "cold_start": cold}
    said["timestamp"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    said["function_name"] = context.function_name
    said["function_request_id"] = context.aws_request_id
    print(json.dumps({**said, **more}))


def publish(**counts):
    metrics = [{"Name": name, "Unit": "Count"} for name in counts]
    about = {
        "Namespace": os.environ["POWERTOOLS_METRICS_NAMESPACE"],
        "Dimensions": [["service"]],
        "Metrics": metrics,
    }
    aws = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [about]}
    print(json.dumps({"_aws": aws, "service": service, **counts}))


def claim(order):
    """True if this invocation is to charge the order, False if it was charged before."""
    key, now = {"id": str(order["order"])}, int(time.time())
    free = "attribute_not_exists(id) OR expiration < :now OR (#s = :busy AND busy_until < :now)"
    names, values = {"#s": "status"}, {":now": now, ":busy": "INPROGRESS"}
    item = {**key, "status": "INPROGRESS", "expiration": now + 3600, "busy_until": now + 10}
    put = {"Item": item, "ConditionExpression": free}
    try:
        table.put_item(**put, ExpressionAttributeNames=names, ExpressionAttributeValues=values)
        return True
    except TakenError:
        if table.get_item(Key=key, ConsistentRead=True)["Item"]["status"] == "COMPLETED":
            return False
        raise RuntimeError("another invocation charges it right now") from None


def finish(order):
    item = {"id": str(order["order"]), "status": "COMPLETED", "expiration": int(time.time()) + 3600}
    table.put_item(Item=item)


def charge(order, context):
    if not claim(order):
        return 0
    try:
        if order["amount"] > 900:
            raise ValueError("refused")
        log("INFO", "charged", context, **order)
    except Exception:
        table.delete_item(Key={"id": str(order["order"])})
        raise
    finish(order)
    return 1


def handler(event, context):
    global cold
    failures, charged = [], 0
    for record in event["Records"]:
        try:
            charged += charge(json.loads(record["body"]), context)
        except Exception as error:
            log("ERROR", str(error), context)
            failures.append({"itemIdentifier": record["messageId"]})
    if charged:
        publish(Charged=charged)
    cold = False
    return {"batchItemFailures": failures}
