"""Levels of log lines; and queries of Logs Insights that the learner has run, run again on events nobody has seen."""

import json
import random
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import random_name
from helpers.exercises.evidence.waiting import until

MOST = 15  # queries that are tried, the latest first
SECONDS = 20  # for one of them


def levels(
    lab: Connection,
    group: str,
    order: int,
    *,
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> list[str]:
    """Return the levels of the lines with this number of an order; waits for one at DEBUG, at most `seconds`."""
    api = lab.client("logs")
    asked = {"logGroupName": group, "filterPattern": f"{{ $.order = {order} }}"}

    def found() -> list[str]:
        events = pages.collect(api, "filter_log_events", "events", **asked)
        return [json.loads(event["message"]).get("level", "no level") for event in events]

    return until(found, seconds, enough=lambda levels: "DEBUG" in levels, pause=0.2, sleep=sleep, clock=clock)


def log_group(lab: Connection, name: str) -> dict[str, Any] | None:
    """Return the log group `name`, as DescribeLogGroups has it; None if there is none."""
    found = lab.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return next((one for one in found if one["logGroupName"] == name), None)


def latest(lab: Connection, group: str) -> list[str]:
    """Return the queries that were run on a log group since it was made, the latest first, each once."""
    api = lab.client("logs")
    made = log_group(lab, group) or {"creationTime": 0}
    found = api.describe_queries(logGroupName=group, status="Complete", maxResults=100)["queries"]
    found = [one for one in found if one["createTime"] >= made["creationTime"]]
    found.sort(key=lambda one: one["createTime"], reverse=True)
    return list(dict.fromkeys(one["queryString"] for one in found))[:MOST]


def made_up_orders() -> tuple[list[str], list[tuple[str, float]]]:
    """Return lines of a log as the shop writes them, and (country, sum of what was ordered), the largest first."""
    lines, sums = [], {}
    for number in range(3):
        country = random_name()
        amounts = random.sample(range(100 * number + 1, 100 * number + 99), 2 + number)
        sums[country] = float(sum(amounts))
        for order, amount in enumerate(amounts):
            about = {"order": order, "country": country, "amount": amount}
            lines.append({"level": "INFO", "message": "order received", "logger": "orders", **about})
            charged = {"message": f"charged {amount} at bank-{order % 2}", "logger": "payments"}
            lines.append({"level": "INFO", **charged, **about})
        lines.append({"level": "WARNING", "message": "login failed", "logger": "orders", **about, "amount": 5})
    random.shuffle(lines)
    expected = sorted(sums.items(), key=lambda item: -item[1])
    return [json.dumps(line) for line in lines], expected


def run_all(
    lab: Connection,
    queries: Sequence[str],
    lines: Sequence[str],
    *,
    sleep: Callable[[float], object] = time.sleep,
    now: Callable[[], float] = time.time,
) -> list[list[list[str]]]:
    """Return the rows that each query finds in `lines`: in a log group of their own, deleted afterwards."""
    api, group, moment = lab.client("logs"), f"/lab10/check-{secrets.token_hex(4)}", now()
    api.create_log_group(logGroupName=group)
    try:
        api.create_log_stream(logGroupName=group, logStreamName="made-up")
        events = [{"timestamp": int(moment * 1000), "message": line} for line in lines]
        api.put_log_events(logGroupName=group, logStreamName="made-up", logEvents=events)
        if lab.backend == "aws":
            sleep(30)  # until Insights finds what was put
        return [_rows(api, group, query, moment, sleep) for query in queries]
    finally:
        api.delete_log_group(logGroupName=group)


def _rows(api: Any, group: str, query: str, moment: float, sleep: Callable[[float], object]) -> list[list[str]]:
    window = {"startTime": int(moment) - 60, "endTime": int(moment) + 60}
    started = api.start_query(logGroupNames=[group], queryString=query, **window)
    for _ in range(SECONDS * 5):
        answer = api.get_query_results(queryId=started["queryId"])
        if answer["status"] not in ("Running", "Scheduled"):
            break
        sleep(0.2)
    return [[cell["value"] for cell in row if cell["field"] != "@ptr"] for row in answer["results"]]


def sums(rows: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
    """Return (country, sum) of rows that have a text and a number, in either order; others are left out."""
    found = []
    for row in rows:
        numbers = [float(value) for value in row if _is_number(value)]
        texts = [value for value in row if not _is_number(value)]
        if len(numbers) == len(texts) == 1:
            found.append((texts[0], numbers[0]))
    return found


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
