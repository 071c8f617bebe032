"""Evidence from event sources: things that are sent to them with names made up, and what comes of each.

Every function waits for what should come, at most `seconds`, and then for a moment for what should not.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.backend.session import Connection
from helpers.exercises.evidence import messages
from helpers.exercises.evidence.answers import logged, random_name
from helpers.exercises.evidence.waiting import until

NOT_A_PICTURE = b"not a picture"


def key_filter(rule: Mapping[str, Any], name: str) -> str:
    """Return the prefix or suffix of a notification rule, "" if it has none. S3 answers with Prefix and Suffix."""
    parts = rule.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return next((part["Value"] for part in parts if part["Name"].lower() == name), "")


def called_for(lab: Connection, function: str, bucket: str, keys: Sequence[str], *, seconds: float) -> list[str]:
    """Put objects with these keys, the first last, and return those for which the log of `function` says `new: …`.

    The first is waited for, the others for a second each. All of them are deleted again.
    """
    s3 = lab.client("s3")
    try:
        for key in reversed(keys):
            s3.put_object(Bucket=bucket, Key=key, Body=NOT_A_PICTURE)
        times = dict.fromkeys(keys, 1.0) | {keys[0]: seconds}
        return [key for key in keys if logged(lab, function, _is(f"new: {key}"), seconds=times[key])]
    finally:
        for key in keys:
            s3.delete_object(Bucket=bucket, Key=key)


def counted_behind_poison(lab: Connection, stream: str, *, seconds: float) -> int:
    """Put a click without a page into `stream`, then one with a page made up: how many views of it were counted."""
    page = f"/{random_name()}"
    for data in ({"no": page}, {"page": page}):
        lab.client("kinesis").put_record(StreamName=stream, PartitionKey="shop", Data=json.dumps(data))
    asked = {"TableName": "lab09-analytics", "Key": {"page": {"S": page}}, "ConsistentRead": True}

    def views() -> int:
        return int(lab.client("dynamodb").get_item(**asked).get("Item", {}).get("views", {"N": "0"})["N"])

    return until(views, seconds)


@dataclass(frozen=True)
class Ballot:
    """What became of four votes: how often each good one was counted, and how many good and spoiled ones are dead."""

    counts: tuple[int, ...]
    good_dead: int
    spoiled_dead: int


def vote(lab: Connection, *, seconds: float) -> Ballot:
    """Send four votes with names made up, the second spoiled, in one request to lab09-votes, and return the ballot."""
    api, names = lab.client("sqs"), [random_name() for _ in range(4)]
    bodies = [{"against" if number == 1 else "for": name} for number, name in enumerate(names)]
    entries = [{"Id": str(number), "MessageBody": json.dumps(body)} for number, body in enumerate(bodies)]
    api.send_message_batch(QueueUrl=api.get_queue_url(QueueName="lab09-votes")["QueueUrl"], Entries=entries)

    def dead() -> list[str]:
        found = [body for body in messages.bodies(lab, "lab09-spoiled") if isinstance(body, dict)]
        return [name for body in found for name in body.values() if name in names]

    until(lambda: names[1] in dead(), seconds)
    good = [names[0], *names[2:]]
    counts = tuple(len(logged(lab, "countVotes", _is(f"counted {name}"), seconds=2)) for name in good)
    left = dead()
    return Ballot(counts, sum(name in good for name in left), left.count(names[1]))


def told(
    lab: Connection, topic: str, queue: str, cases: Iterable[tuple[str, int]], *, seconds: float
) -> list[tuple[str, int]]:
    """Publish a message for each (user, failures) to the topic with this ARN; return those that `queue` was told of.

    The last one is waited for.
    """
    word, asked = random_name(), list(cases)
    for user, failures in asked:
        attributes = {
            "user": {"DataType": "String", "StringValue": user},
            "failures": {"DataType": "Number", "StringValue": str(failures)},
        }
        message = _message(word, user, failures)
        lab.client("sns").publish(TopicArn=topic, Message=message, MessageAttributes=attributes)

    def came() -> list[tuple[str, int]]:
        found = messages.bodies(lab, queue)
        return [(user, failures) for user, failures in asked if _message(word, user, failures) in found]

    until(lambda: asked[-1] in came(), seconds)
    return came()


def _message(word: str, user: str, failures: int) -> str:
    return f"{word}: {user} with {failures}"


def _is(text: str) -> Callable[[str], bool]:
    return lambda line: line.strip() == text
