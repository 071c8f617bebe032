"""Recordings as lists of calls, and two of them aligned."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

TAG = "lambda-lab"
READS = ("Get", "List", "Describe", "Filter", "Head")


@dataclass(frozen=True)
class Call:
    """A line of a recording."""

    service: str
    operation: str
    status: int
    response: Any

    @property
    def name(self) -> str:
        """The service and the operation: "lambda.Invoke"."""
        return f"{self.service}.{self.operation}"


def read(file: Path) -> list[Call]:
    """Return the calls of a recording. Raises: ValueError, with the line, for what is none."""
    calls = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
            if "response" in said:  # else it could not be redacted
                calls.append(Call(said["service"], said["operation"], said["status"], without_tag(said["response"])))
            elif "not_recorded" not in said and "comment" not in said:
                raise KeyError("response")
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{file.name}, line {number}: this is no line of a recording ({error}).") from error
    return settled(calls)


def without_tag(value: Any) -> Any:
    """Return a response without the tag that labs give to what they create, on AWS only."""
    if isinstance(value, list):
        return [without_tag(item) for item in value if not (isinstance(item, dict) and TAG in item.values())]
    if isinstance(value, dict):
        left = {name: without_tag(item) for name, item in value.items() if name != TAG}
        return {name: item for name, item in left.items() if item or item == value[name]}
    return value


def settled(calls: Sequence[Call]) -> list[Call]:
    """Return the calls with the last of equal reads in a row: how often something is waited for says nothing."""
    following = [*calls, None][1:]
    return [call for call, after in zip(calls, following, strict=True) if not (_reads(call) and _same(call, after))]


def aligned(theirs: Sequence[Call], ours: Sequence[Call]) -> Iterator[tuple[Call | None, Call | None]]:
    """Yield call beside call, None where one has no such call."""
    names = [[call.name for call in calls] for calls in (theirs, ours)]
    for _, first, first_end, second, second_end in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        left, right = theirs[first:first_end], ours[second:second_end]
        if [call.name for call in left] == [call.name for call in right]:
            yield from zip(left, right, strict=True)
        else:
            yield from ((call, None) for call in left)
            yield from ((None, call) for call in right)


def _reads(call: Call) -> bool:
    return call.operation.startswith(READS)


def _same(call: Call, after: Call | None) -> bool:
    return after is not None and after.name == call.name
