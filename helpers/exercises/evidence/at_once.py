"""Evidence from requests that are sent to a function at the same moment."""

import json
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection


@dataclass(frozen=True)
class Answer:
    """The function's response; None if AWS throttled the request, with `reason` as AWS names it."""

    response: FunctionResponse | None
    reason: str = ""


def send(lab: Connection, function: str, events: Sequence[object], **which: Any) -> list[Answer]:
    """Invoke `function` with all events at once and return the answers in their order.

    `which`: more parameters of Invoke (Qualifier). Raises: what AWS answers, except to a throttled request.
    """
    api, together = lab.client("lambda"), threading.Barrier(len(events))

    def invoke(event: object) -> Answer:
        together.wait()
        try:
            response = api.invoke(FunctionName=function, Payload=json.dumps(event), **which)
        except ClientError as error:
            if error.response["Error"]["Code"] != "TooManyRequestsException":
                raise
            return Answer(None, str(error.response.get("Reason", "")))
        return Answer(FunctionResponse.read(response))

    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(invoke, events))
