"""Evidence from a topic: which of its subscribers hear of which messages."""

import secrets
from collections.abc import Iterable

from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import logged

# Value of the attribute `gift`, by kind of message; the last is what every subscriber is to hear of.
KINDS = {"ordinary": None, "other gift": "no", "gift": "yes"}


def heard(lab: Connection, topic: str, functions: Iterable[str]) -> dict[str, list[str]]:
    """Publish a message of each of `KINDS` to the topic with this ARN; return {function: kinds that its log names}.

    A log is read until it names the last kind, for 10 s at most.
    """
    word = secrets.token_hex(4)
    for kind, value in KINDS.items():
        gift = {"gift": {"DataType": "String", "StringValue": value}} if value else {}
        lab.client("sns").publish(TopicArn=topic, Message=f"{word} {kind}.", MessageAttributes=gift)
    found = {}
    for function in functions:
        logged(lab, function, lambda line: f"{word} gift." in line, seconds=10)
        lines = logged(lab, function, lambda line: word in line, seconds=1)
        found[function] = [kind for kind in KINDS if any(f"{word} {kind}." in line for line in lines)]
    return found
