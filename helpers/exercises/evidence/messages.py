"""Evidence from a queue: what its messages say, while they stay in it."""

import json
from typing import Any

from helpers.backend.session import Connection

HIDDEN = 5  # seconds, while the others are read


def bodies(lab: Connection, name: str) -> list[Any]:
    """Return the bodies of the messages in the queue called `name`, from JSON where they are JSON; they stay visible.

    Raises: botocore.exceptions.ClientError if there is no such queue.
    """
    api = lab.client("sqs")
    url = api.get_queue_url(QueueName=name)["QueueUrl"]
    seen: dict[str, Any] = {}
    handles: list[str] = []
    asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": HIDDEN}
    try:
        while messages := api.receive_message(**asked).get("Messages"):
            handles += [message["ReceiptHandle"] for message in messages]
            if all(message["MessageId"] in seen for message in messages):  # it took longer than they are hidden
                break
            seen |= {message["MessageId"]: _read(message["Body"]) for message in messages}
    finally:
        for handle in handles:
            api.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
    return list(seen.values())


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
