"""A function's response to a synchronous Invoke, decoded."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What boto3 puts before AWS's own words (botocore.exceptions.ClientError.MSG_TEMPLATE, 1.40).
BOTO3 = re.compile(r"An error occurred \(\S+\) when calling the \w+ operation[^:]*: ")


@dataclass(frozen=True)
class NotJson:
    """A payload that is not JSON: a custom runtime passes on what its handler prints."""

    text: str

    def __str__(self) -> str:
        """Return it in words."""
        text = self.text.strip()
        return f"an answer that is not JSON: {_shortened(text)}" if text else "an empty answer"


@dataclass(frozen=True)
class FunctionResponse:
    """The decoded payload (NotJson if it is none), the kind of function error (None: none), AWS's request id."""

    payload: object
    error: str | None
    request_id: str | None

    @classmethod
    def read(cls, response: Mapping[str, Any]) -> "FunctionResponse":
        """Read boto3's response to Invoke, its payload included, which can be read once."""
        text = response["Payload"].read().decode("utf-8", errors="replace")
        try:
            payload = json.loads(text)
        except ValueError:
            payload = NotJson(text)
        return cls(payload, response.get("FunctionError"), response.get("ResponseMetadata", {}).get("RequestId"))

    @property
    def error_type(self) -> str | None:
        """The function error's type, None if there is no error. A handler may not pass one off as its answer."""
        return self.payload.get("errorType") if self.error and isinstance(self.payload, dict) else None

    def __str__(self) -> str:
        """Return the payload as JSON, or the error without its stack trace."""
        if self.error and isinstance(self.payload, dict):
            message = BOTO3.sub("", str(self.payload.get("errorMessage", "")))
            return f'the error {self.error_type} ("{_shortened(message, 350)}")'  # who, what and on which fit in
        if isinstance(self.payload, NotJson):
            return str(self.payload)
        return _shortened(json.dumps(self.payload, ensure_ascii=False))


def _shortened(text: str, most: int = 120) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
