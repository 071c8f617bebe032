"""Functions that say what they were given, and event source mappings that call them."""

import contextlib
import json
import time
import uuid

from kit import TRUST, eventually, wait_until_active, zipped

# One function for all: a record's text (a body, Kinesis data, or an item's key) says what is to become of it.
SOURCE = """
import base64, json, time

def text(record):
    if "kinesis" in record:
        return base64.b64decode(record["kinesis"]["data"]).decode()
    return record["body"] if "body" in record else record["dynamodb"]["Keys"]["id"]["S"]

def handler(event, context):
    texts = [text(record) for record in event["Records"]]
    extra = {name: value for name, value in event.items() if name != "Records"}
    state = extra.get("state")
    print("GOT", json.dumps([[texts, extra], time.time()]))
    time.sleep(max([0.0, *(float(one.split()[1]) for one in texts if one.startswith("sleep "))]))
    print("DONE", json.dumps([texts, time.time()]))
    if any(one.startswith("bad") for one in texts):
        raise ValueError("bad")
    identifiers = [
        record["messageId"] if "messageId" in record else
        record["kinesis"]["sequenceNumber"] if "kinesis" in record else record["dynamodb"]["SequenceNumber"]
        for record, one in zip(event["Records"], texts) if one.startswith("partly")
    ]
    return {
        "batchItemFailures": [{"itemIdentifier": identifier} for identifier in identifiers],
        "state": {"texts": (state or {}).get("texts", []) + texts},
    }
"""
RIGHTS = ("lambda:*", "dynamodb:*", "kinesis:*", "sqs:*", "sns:*", "s3:*", "logs:*")


class Mappings:
    """Makes functions, sources and mappings; `clean_up` deletes them."""

    def __init__(self, client):
        self.client = client
        self.undo = contextlib.ExitStack()
        self.role = self.make_role(*RIGHTS)

    def make_role(self, *actions, resource="*"):
        iam, name = self.client("iam"), f"r-{uuid.uuid4().hex[:8]}"
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy)
        self.undo.callback(iam.delete_role, RoleName=name)
        self.undo.callback(iam.delete_role_policy, RoleName=name, PolicyName="p")
        return role

    def function(self, role=None, source=SOURCE, **configuration):
        lam, name = self.client("lambda"), f"f-{uuid.uuid4().hex[:8]}"
        lam.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Handler="index.handler",
            Role=role or self.role,
            Code={"ZipFile": zipped({"index.py": source})},
            **{"Timeout": 20, **configuration},
        )
        self.undo.callback(lam.delete_function, FunctionName=name)
        wait_until_active(lam, name)
        return name

    def map(self, source_arn, function=None, **configuration):
        """Create a mapping; (function, UUID)."""
        lam = self.client("lambda")
        function = function or self.function()
        if ":sqs:" not in source_arn:
            configuration.setdefault("StartingPosition", "TRIM_HORIZON")
        uuid_ = lam.create_event_source_mapping(FunctionName=function, EventSourceArn=source_arn, **configuration)[
            "UUID"
        ]

        def delete():
            with contextlib.suppress(lam.exceptions.ResourceNotFoundException):
                lam.delete_event_source_mapping(UUID=uuid_)

        self.undo.callback(delete)
        return function, uuid_

    def stream(self, shards=1):
        """A Kinesis stream: its name and ARN."""
        kinesis, name = self.client("kinesis"), f"s-{uuid.uuid4().hex[:8]}"
        kinesis.create_stream(StreamName=name, ShardCount=shards)
        self.undo.callback(kinesis.delete_stream, StreamName=name)
        return name, kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]

    def put(self, stream, *texts, key="k"):
        for text in texts:
            self.client("kinesis").put_record(StreamName=stream, Data=text.encode(), PartitionKey=key)

    def table(self, view="NEW_AND_OLD_IMAGES"):
        """A table with a stream: its name and the stream's ARN."""
        dynamodb, name = self.client("dynamodb"), f"t-{uuid.uuid4().hex[:8]}"
        made = dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
        )
        self.undo.callback(dynamodb.delete_table, TableName=name)
        return name, made["TableDescription"]["LatestStreamArn"]

    def queue(self, **attributes):
        """A queue: its URL and ARN."""
        sqs, name = self.client("sqs"), f"q-{uuid.uuid4().hex[:8]}"
        name += ".fifo" if attributes.get("FifoQueue") else ""
        url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        self.undo.callback(sqs.delete_queue, QueueUrl=url)
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return url, answer["Attributes"]["QueueArn"]

    def not_visible(self, url):
        name = "ApproximateNumberOfMessagesNotVisible"
        answer = self.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=[name])
        return int(answer["Attributes"][name])

    def state(self, uuid_):
        return self.client("lambda").get_event_source_mapping(UUID=uuid_)

    def wait_for_state(self, uuid_, state):
        assert eventually(lambda: self.state(uuid_)["State"] == state, 10), self.state(uuid_)

    def events(self, function, kind):
        """What the function printed after `kind`, and when, of all its environments."""
        logs = self.client("logs")
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
        except logs.exceptions.ResourceNotFoundException:
            return []
        said = [event["message"] for event in events if event["message"].startswith(kind)]
        return sorted((json.loads(message[len(kind) :]) for message in said), key=lambda pair: pair[1])

    def lines(self, function, kind="GOT"):
        return [line for line, _ in self.events(function, kind)]

    def times(self, function, kind):
        return [time for _, time in self.events(function, kind)]

    def batches(self, function):
        """The texts of each batch that the function was given so far."""
        return [texts for texts, _ in self.lines(function)]

    def wait_for_batches(self, function, wanted, seconds=30):
        """Assert that the function is given these batches, and no others for a moment."""
        eventually(lambda: len(self.batches(function)) >= len(wanted), seconds)
        time.sleep(0.3)
        assert self.batches(function) == wanted

    def receive(self, url, seconds=30):
        """The body of the next message, from JSON."""
        found = self.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=min(20, seconds)).get("Messages")
        return json.loads(found[0]["Body"]) if found else None

    def clean_up(self):
        self.undo.close()
