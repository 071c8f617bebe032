"""Evidence from a topic: which of its subscribers hear of which messages."""

import secrets
from collections.abc import Iterable

from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import logged

# Value of the attribute `gift`, by kind of message.
KINDS = {"ordinary": None, "other gift": "no", "gift": "yes"}


def heard(lab: Connection, topic: str, functions: Iterable[str]) -> dict[str, list[str]]:
    """Publish a message of each of `KINDS` to the topic with this ARN; return {function: kinds that its log names}.

    A function has 10 s to hear of the gift; for each other message 3 s more, since each comes by itself.
    """
    word = secrets.token_hex(4)
    for kind, value in KINDS.items():
        gift = {"gift": {"DataType": "String", "StringValue": value}} if value else {}
        lab.client("sns").publish(TopicArn=topic, Message=f"{word} {kind}.", MessageAttributes=gift)
    found: dict[str, list[str]] = {}
    for function in functions:
        seconds = {"gift": 10, "other gift": 3, "ordinary": 3}
        came = {kind for kind, most in seconds.items() if _hears(lab, function, f"{word} {kind}.", most)}
        found[function] = [kind for kind in KINDS if kind in came]
    return found


def _hears(lab: Connection, function: str, message: str, seconds: int) -> bool:
    return bool(logged(lab, function, lambda line: message in line, seconds=seconds))
