"""Lab 09, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 9.1 Call it for pictures only
# S3 replaces all rules at once, so take those that are there and add to the one of makeThumbnail. A rule can have one
# prefix and one suffix; for .jpg as well it takes a second rule.
found = s3.get_bucket_notification_configuration(Bucket=pictures)
for one in found["LambdaFunctionConfigurations"]:
    if one["Id"] == "makeThumbnail":
        one["Filter"]["Key"]["FilterRules"].append({"Name": "suffix", "Value": ".png"})
del found["ResponseMetadata"]
s3.put_bucket_notification_configuration(Bucket=pictures, NotificationConfiguration=found)

# %% 9.2 Open every envelope
# What is in SNS, SQS and Kinesis is an event again, so the function calls itself with it. In SQS it could be an event
# of S3 as well, if the bucket told the queue directly: that works here, too.
key_py = """
import json
from base64 import b64decode
from urllib.parse import unquote_plus


def handler(event, context):
    if "Records" not in event:
        return event["detail"]["object"]["key"]
    record = event["Records"][0]
    if "s3" in record:
        return unquote_plus(record["s3"]["object"]["key"])
    if "Sns" in record:
        text = record["Sns"]["Message"]
    elif "kinesis" in record:
        text = b64decode(record["kinesis"]["data"])
    else:
        text = record["body"]
    return handler(json.loads(text), context)
"""
deploy(lab, "keyOf", {"index.py": key_py}, **python)

# %% 9.3 Let the shop go on
# MaximumRetryAttempts counts what comes after the first attempt. The mapping writes its note with the function's role,
# which may send to this queue already. On AWS set MaximumRecordAgeInSeconds, too: a throttled function uses up no attempts.
to_poison = {"OnFailure": {"Destination": poison.arn}}
change_mapping(UUID=clicks_mapping, MaximumRetryAttempts=2, DestinationConfig=to_poison)

# %% 9.4 Spoil one, not five
# The function goes on after a spoiled vote and names it in the end. Without FunctionResponseTypes Lambda would not look
# at what it returns, and delete the spoiled vote with the others.
partial_py = """
import json
import time


def handler(event, context):
    failures = []
    for record in event["Records"]:
        vote = json.loads(record["body"])
        time.sleep(vote.get("seconds", 0))
        if "for" in vote:
            print("counted", vote["for"])
        else:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
"""
deploy(lab, "countVotes", {"index.py": partial_py}, **quick)
change_mapping(UUID=votes_mapping, FunctionResponseTypes=["ReportBatchItemFailures"])
wait_for(lambda: is_on(votes_mapping))

# %% 9.5 Wake the guard
# Keys of a filter policy are joined by "and", the conditions in a key's list by "or".
ten = {"failures": [{"numeric": [">=", 10]}], "user": [{"anything-but": {"prefix": "test-"}}]}
sns.set_subscription_attributes(
    SubscriptionArn=guard_subscription, AttributeName="FilterPolicy", AttributeValue=json.dumps(ten)
)

# %% 9.6 Write a pattern
# Without detail-type a deleted object would match, too, without source anybody's event of this shape. No bucket is named,
# so all buckets that send to EventBridge count.
big = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {
        "object": {
            "size": [{"numeric": [">", 1_000_000]}],
            "key": [{"suffix": ".png"}, {"suffix": ".jpg"}],
        }
    },
}
eventbridge.put_rule(Name="lab09-big", EventPattern=json.dumps(big))

# %% On your own 1: Send it again
# Lambda's record has the event in requestPayload. Three asynchronous calls, as the sources made them.
for one in kept["failed"]:
    lambda_client.invoke(
        FunctionName="showEvent", InvocationType="Event", Payload=json.dumps(one["requestPayload"])
    )
EventInspector(lab, "showEvent")
