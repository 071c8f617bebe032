"""Evidence from a queue: what its messages say, while they stay in it."""

import json
from collections.abc import Callable
from typing import Any

from helpers.backend.session import Connection

HIDDEN = 5  # seconds, while the others are read


def bodies(lab: Connection, name: str) -> list[Any]:
    """Return what the messages in the queue called `name` say, from JSON where they are JSON. As `texts`."""
    return [_read(text) for text in texts(lab, name)]


def texts(lab: Connection, name: str, *, remove: Callable[[str], bool] = lambda text: False) -> list[str]:
    """Return what all messages in the queue called `name` say; they stay there, but for those to `remove`.

    Each is invisible while the others are read, for at most `HIDDEN` seconds.
    Raises: botocore.exceptions.ClientError if there is no such queue.
    """
    api = lab.client("sqs")
    url = api.get_queue_url(QueueName=name)["QueueUrl"]
    found: list[str] = []
    handles: dict[str, str] = {}
    asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": HIDDEN}
    try:
        while messages := api.receive_message(**asked).get("Messages"):
            again = [message for message in messages if message["MessageId"] in handles]
            handles |= {message["MessageId"]: message["ReceiptHandle"] for message in messages}
            for message in messages:
                if message not in again:
                    found.append(message["Body"])
                if remove(message["Body"]):
                    api.delete_message(QueueUrl=url, ReceiptHandle=handles.pop(message["MessageId"]))
            if again:  # it took longer than they are hidden
                break
    finally:
        for handle in handles.values():
            api.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
    return found


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
