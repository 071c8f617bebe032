"""`aws logs tail`, which version 2 of AWS's CLI has and version 1 has not.

Options and formats: AWS CLI Command Reference 2, "logs tail" (2026-11). Where that looks for new events every five
seconds, this does every half second.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from awscli.customizations.commands import BasicCommand
from awscli.utils import create_nested_client

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
PAUSE_SECONDS = 0.5


class TailCommand(BasicCommand):
    """Prints the events of a log group, and with `--follow` those that come."""

    NAME = "tail"
    DESCRIPTION = "Prints the events of a CloudWatch Logs log group."
    ARG_TABLE = [  # noqa: RUF012  awscli's own way
        {"name": "group_name", "positional_arg": True, "help_text": "The name or ARN of the log group."},
        {"name": "since", "default": "10m", "help_text": "From when: 30s, 10m, 2h, 1d, 1w, or a time in ISO 8601."},
        {"name": "follow", "action": "store_true", "default": False, "help_text": "Wait for more until Ctrl+C."},
        {"name": "format", "default": "detailed", "choices": ["detailed", "short", "json"], "help_text": "The form."},
        {"name": "filter-pattern", "help_text": "Only events that match this pattern."},
        {"name": "log-stream-names", "nargs": "+", "help_text": "Only events of these log streams."},
        {"name": "log-stream-name-prefix", "help_text": "Only events of log streams whose name begins with this."},
    ]

    def _run_main(self, parsed_args: Any, parsed_globals: Any) -> int:
        logs = create_nested_client(
            self._session,
            "logs",
            region_name=parsed_globals.region,
            endpoint_url=parsed_globals.endpoint_url,
            verify=parsed_globals.verify_ssl,
        )
        group = "logGroupIdentifier" if parsed_args.group_name.startswith("arn:") else "logGroupName"
        asked = {
            group: parsed_args.group_name,
            "filterPattern": parsed_args.filter_pattern,
            "logStreamNames": parsed_args.log_stream_names,
            "logStreamNamePrefix": parsed_args.log_stream_name_prefix,
        }
        try:
            since = milliseconds(parsed_args.since, datetime.now(UTC))
        except ValueError as error:
            sys.stderr.write(f"\n{error}\n")
            return 252
        request = {name: value for name, value in asked.items() if value}
        try:
            for event in events(logs, request, since, parsed_args.follow):
                sys.stdout.write(formatted(event, parsed_args.format) + "\n")
                sys.stdout.flush()
        except KeyboardInterrupt:
            pass
        return 0


def milliseconds(since: str, now: datetime) -> int:
    """Milliseconds since 1970 of "10m" (ago) or of a time in ISO 8601. Raises: ValueError, one sentence."""
    if match := re.fullmatch(rf"(\d+)([{''.join(UNITS)}])", since):
        moment = now - timedelta(**{UNITS[match[2]]: int(match[1])})
    else:
        try:
            moment = datetime.fromisoformat(since)
        except ValueError:
            raise ValueError(f"--since is {since!r}; write 30s, 10m, 2h, 1d, 1w or a time in ISO 8601.") from None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def events(logs: Any, request: dict[str, Any], since: int, follow: bool) -> Iterator[dict[str, Any]]:
    """Events since a time in ms, in the order of their times; each once. With `follow` it does not end."""
    seen: dict[str, int] = {}  # events of the newest time, by id
    while True:
        newest = since
        for page in logs.get_paginator("filter_log_events").paginate(**request, startTime=since):
            for event in page["events"]:
                newest = max(newest, event["timestamp"])
                if event["eventId"] not in seen:
                    seen[event["eventId"]] = event["timestamp"]
                    yield event
        if not follow:
            return
        since = newest  # again from the newest on: others may have its time
        seen = {name: moment for name, moment in seen.items() if moment >= newest}
        time.sleep(PAUSE_SECONDS)


def formatted(event: dict[str, Any], form: str) -> str:
    """One event as a line: its time and log stream, its time only ("short"), or with its JSON laid out ("json")."""
    moment = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
    message = event["message"].rstrip("\n")
    if form == "short":
        return f"{moment:%Y-%m-%dT%H:%M:%S} {message}"
    stamp = f"{moment.isoformat(timespec='microseconds')} {event['logStreamName']}"
    if form == "json":
        try:
            return f"{stamp}\n{json.dumps(json.loads(message), indent=4, ensure_ascii=False)}"
        except ValueError:
            pass
    return f"{stamp} {message}"
