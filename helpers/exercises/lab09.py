"""Lab 09, Events: exercises. Checks upload, publish and put records with names made up, and see what comes of them."""

import json

from helpers.backend.function_names import function_name
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import event_sources as sources
from helpers.exercises.evidence import messages, upload_events, waiting
from helpers.exercises.evidence.answers import invoke, random_name
from helpers.exercises.near_misses import near_miss

ABOUT = About(
    title="Events",
    you_will="S3, SQS, SNS, streams, schedules",
    minutes=45,
    builds_on=("05", "06"),
    place=(3, 3),
    owns=Owns(
        functions=(
            *("makeThumbnail", "copyAgain", "showEvent", "keyOf", "countViews"),
            *("countVotes", "checkLogin", "fetchBanner", "backUp"),
        ),
        layers=("lab09-*",),
        roles=("lab09-*",),
        policies=("lab09-*",),
        buckets=("lab09-*",),
        queues=("lab09-*",),
        topics=("lab09-*",),
        tables=("lab09-*",),
        streams=("lab09-*",),
        rules=("lab09-*",),
        schedules=("lab09-*",),
    ),
    needs=("lambda", "layers", "iam", "dynamodb"),
    on_aws='Skip "Back up into a second account" on AWS: it asks for an account that your credentials are not for.',
)


@exercise(
    "9.1",
    "Call it for pictures only",
    desired="makeThumbnail called for photos/….png, and neither for photos/….txt nor for other/….png",
    hints=[
        "FilterRules is a list: beside the prefix there is room for one more rule.",
        'PutBucketNotificationConfiguration, with {"Name": "suffix", "Value": ".png"} beside the prefix.',
    ],
    half="""
found = s3.get_bucket_notification_configuration(Bucket=pictures)
for one in found["LambdaFunctionConfigurations"]:
    if one["Id"] == "makeThumbnail":
        one["Filter"]["Key"]["FilterRules"].append({"Name": ___, "Value": ___})
del found["ResponseMetadata"]
s3.put_bucket_notification_configuration(Bucket=pictures, NotificationConfiguration=found)
""",
)
def call_it_for_pictures_only(lab: Connection) -> Check:
    """Of three objects with a name made up, the function is called for the one that should be a picture."""
    s3, bucket, name = lab.client("s3"), f"lab09-pictures-{lab.account}", random_name()
    rules = s3.get_bucket_notification_configuration(Bucket=bucket).get("LambdaFunctionConfigurations", [])
    mine = [rule for rule in rules if function_name(rule["LambdaFunctionArn"]) == "makeThumbnail"]
    if mine and not any(sources.key_filter(rule, "suffix") for rule in mine):
        return Check(False, f"a rule with the prefix {sources.key_filter(mine[0], 'prefix') or '(none)'} and no suffix")
    keys = [f"photos/{name}.png", f"photos/{name}.txt", f"other/{name}.png"]
    called = sources.called_for(lab, "makeThumbnail", bucket, keys, seconds=waiting.seconds_for(lab, 5, 60))
    return Check(called == keys[:1], f"it called for {' and '.join(called) or 'none of them'}")


@exercise(
    "9.2",
    "Open every envelope",
    desired="from keyOf the key, decoded, for an event of S3, EventBridge, SNS, SQS and Kinesis",
    hints=[
        "Does the event have Records? If not, it is EventBridge's. If so, what does the record have: s3, Sns, body?",
        "json.loads for a text, b64decode first for Kinesis, unquote_plus for S3's key. deploy does CreateFunction.",
    ],
    half='''
key_py = """
import json
from base64 import b64decode
from urllib.parse import unquote_plus

def handler(event, context):
    if "Records" not in event:
        return event["detail"]["object"]["key"]
    record = event["Records"][0]
    if "s3" in record:
        return ___
    if "kinesis" in record:
        return handler(json.loads(b64decode(___)), context)
    text = record["Sns"]["Message"] if "Sns" in record else ___
    return handler(json.loads(text), context)
"""
deploy(lab, "keyOf", {"index.py": key_py}, **python)
''',
)
def open_every_envelope(lab: Connection) -> Check:
    """`keyOf` answers each of five events with the key, which is made up and has a space and a letter beyond ASCII."""
    key = f"inbox/{random_name()} é {random_name()}.png"
    for source, event in upload_events.every_event(f"lab09-pictures-{lab.account}", key).items():
        answer = invoke(lab, "keyOf", event)
        if answer.error:
            return Check(False, f"{answer} for the event of {source}")
        if answer.payload != key:
            return Check(False, f"{json.dumps(answer.payload, ensure_ascii=False)} for {key!r} by {source}")
    return Check(True, "five of five")


@exercise(
    "9.3",
    "Let the shop go on",
    desired="a click without a page tried 3 times and noted in lab09-poison, and the next one counted",
    hints=[
        "Three attempts are two retries. The queue is where the table's poison went.",
        "UpdateEventSourceMapping with MaximumRetryAttempts and DestinationConfig.",
    ],
    half="""
change_mapping(UUID=clicks_mapping, MaximumRetryAttempts=___, DestinationConfig={___: {"Destination": poison.arn}})
""",
)
def let_the_shop_go_on(lab: Connection) -> Check:
    """The mapping has its settings, and of a poison click and one behind it, both made up, the second is counted."""
    stream = f"arn:aws:kinesis:{lab.region}:{lab.account}:stream/lab09-clicks"
    found = lab.client("lambda").list_event_source_mappings(FunctionName="countViews", EventSourceArn=stream)
    if not found["EventSourceMappings"]:
        return Check(False, "no mapping of lab09-clicks for countViews")
    settings = found["EventSourceMappings"][0]
    retries = settings.get("MaximumRetryAttempts", -1)
    if retries != 2:
        endless = "-1: it is tried until it expires" if retries == -1 else f"{retries}, that is {retries + 1} attempts"
        return Check(False, f"MaximumRetryAttempts {endless}")
    target = settings.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    if not target.endswith(":lab09-poison"):
        return Check(False, f"its destination for what failed is {target or 'not set'}")
    counted = sources.counted_behind_poison(lab, "lab09-clicks", seconds=waiting.seconds_for(lab, 20, 120))
    if counted != 1:
        return Check(False, f"the click behind the poison counted {counted} times")
    found = [one for one in messages.bodies(lab, "lab09-poison") if isinstance(one, dict)]
    noted = any(one.get("KinesisBatchInfo", {}).get("streamArn") == stream for one in found)
    return Check(noted, f"the click behind the poison counted, {'its note sent' if noted else 'no note of the poison'}")


@exercise(
    "9.4",
    "Spoil one, not five",
    desired="good votes counted once, and only spoiled ones in lab09-spoiled",
    hints=[
        "The function has to go on after a spoiled vote, and to say in the end which messages failed.",
        'Return {"batchItemFailures": [{"itemIdentifier": messageId}]}; UpdateEventSourceMapping with '
        "FunctionResponseTypes.",
    ],
    half='''
partial_py = """
import json
import time


def handler(event, context):
    failures = []
    for record in event["Records"]:
        vote = json.loads(record["body"])
        time.sleep(vote.get("seconds", 0))
        if ___:
            failures.append({"itemIdentifier": ___})
        else:
            print("counted", vote["for"])
    return {___: failures}
"""
deploy(lab, "countVotes", {"index.py": partial_py}, **quick)
change_mapping(UUID=votes_mapping, FunctionResponseTypes=[___])
wait_for(lambda: is_on(votes_mapping))
''',
)
def spoil_one_not_five(lab: Connection) -> Check:
    """Of four votes in one request, names made up and one spoiled, three are counted once and one is a dead letter."""
    found = lab.client("lambda").list_event_source_mappings(FunctionName="countVotes")["EventSourceMappings"]
    if not any("ReportBatchItemFailures" in one.get("FunctionResponseTypes", []) for one in found):
        return Check(False, "a mapping that does not ask which messages failed")
    seconds = waiting.seconds_for(lab, 20, 120)
    ballot = sources.vote(lab, seconds=seconds)
    if max(ballot.counts) > 1:  # SQS sends again what takes longer than its 2 s: a machine may have been slow, once
        ballot = sources.vote(lab, seconds=seconds)
    if ballot.good_dead:
        return Check(False, f"{ballot.good_dead} good votes in lab09-spoiled")
    if wrong := [count for count in ballot.counts if count != 1]:
        return Check(False, f"a good vote counted {wrong[0]} times")
    return Check(ballot.spoiled_dead == 1, f"{ballot.spoiled_dead} of 4 in lab09-spoiled, each good one counted once")


@exercise(
    "9.5",
    "Wake the guard",
    desired="lab09-guard told of ada with 10 failures and more, and neither of ada with 9 nor of test-ada with 12",
    hints=[
        "The pager's filter has the first condition. A second key takes the other, which says what must not be.",
        'SetSubscriptionAttributes, FilterPolicy: "numeric" for failures, {"anything-but": {"prefix": …}} for user.',
    ],
    half="""
ten = {"failures": [{"numeric": [___, 10]}], "user": [{___: {"prefix": "test-"}}]}
sns.set_subscription_attributes(
    SubscriptionArn=guard_subscription, AttributeName=___, AttributeValue=json.dumps(ten)
)
""",
)
def wake_the_guard(lab: Connection) -> Check:
    """Of messages made up for the topic, those come that should; another one, at the end, says that all have come."""
    topic = f"arn:aws:sns:{lab.region}:{lab.account}:lab09-logins"
    cases = {("ada", 9): False, ("test-ada", 12): False, ("ada", 10): True, ("latest-ada", 37): True}
    found = sources.told(lab, topic, "lab09-guard", cases, seconds=waiting.seconds_for(lab, 5, 60))
    words = " and ".join(f"{user} with {count}" for user, count in found)
    return Check(found == [case for case, wanted in cases.items() if wanted], f"it told of {words or 'none of them'}")


@exercise(
    "9.6",
    "Write a pattern",
    desired="a rule lab09-big for new objects of more than 1,000,000 bytes, keys in .png or .jpg, and no others",
    hints=[
        "Source, detail-type and two fields of the object: its key has two possible ends, one list.",
        'PutRule with EventPattern; {"suffix": ".png"} and {"numeric": [">", 1000000]}.',
    ],
    half="""
big = {
    "source": ["aws.s3"],
    "detail-type": [___],
    "detail": {"object": {"size": [{"numeric": [___, 1_000_000]}], "key": [{___: ".png"}, ___]}},
}
eventbridge.put_rule(Name="lab09-big", EventPattern=json.dumps(big))
""",
)
def write_a_pattern(lab: Connection) -> Check:
    """EventBridge says which of several events, names made up, the rule's pattern matches."""
    api = lab.client("events")
    try:
        pattern = api.describe_rule(Name="lab09-big").get("EventPattern")
    except api.exceptions.ResourceNotFoundException:
        rules = [rule["Name"] for rule in api.list_rules()["Rules"]]
        return Check(False, near_miss("rule", "lab09-big", rules) or "no rule lab09-big")
    if not pattern:
        return Check(False, "a rule without a pattern")
    for words, event, wanted in upload_events.big_and_others(random_name()):
        matches = api.test_event_pattern(EventPattern=pattern, Event=json.dumps(event))["Result"]
        if matches != wanted:
            return Check(False, f"a pattern that {'matches' if matches else 'does not match'} {words}")
    return Check(True, "a pattern that matches these only")
