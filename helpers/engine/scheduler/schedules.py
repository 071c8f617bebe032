"""Schedules and their groups: moto keeps them, the clock has them fire.

API reference of EventBridge Scheduler (2026-11). moto forgets ActionAfterCompletion in updates, the State that a
schedule without one has, the filters of lists, and fails for groups that are not there.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from moto.core.exceptions import JsonRESTError
from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend
from moto.scheduler.responses import EventBridgeSchedulerResponse

from . import clock, delivery, expressions, validation

MOST_ON_A_PAGE = 100
INSTANT = timedelta(microseconds=1)
PRECISION = timedelta(minutes=1)

_waiting: WeakKeyDictionary[Any, clock.Call] = WeakKeyDictionary()
_lock = threading.RLock()


def create_schedule_group(original: Callable[..., Any], self: EventBridgeSchedulerBackend, name: str, tags: Any) -> Any:
    """Wrap `EventBridgeSchedulerBackend.create_schedule_group`, which replaces one of the same name, and its schedules.

    Raises: ConflictException (API Reference, CreateScheduleGroup, 2026-11).
    """
    if name in self.schedule_groups:
        raise JsonRESTError("ConflictException", f"Schedule group {name} already exists.")
    return original(self, name, tags)


def create_schedule(original: Callable[..., Any], self: EventBridgeSchedulerBackend, *_: Any, **given: Any) -> Any:
    """Wrap `EventBridgeSchedulerBackend.create_schedule`: check it, and wait for its time."""
    group = self.get_schedule_group(given.get("group_name"))
    validation.check(given, group.arn)
    schedule = original(self, **given)
    begin(self, schedule)
    return schedule


def update_schedule(original: Callable[..., Any], self: EventBridgeSchedulerBackend, *_: Any, **given: Any) -> Any:
    """Wrap `EventBridgeSchedulerBackend.update_schedule`: what is not given is as it is by default."""
    validation.check(given, self.get_schedule_group(given.get("group_name")).arn)
    schedule = original(self, **{**given, "state": given.get("state") or "ENABLED"})
    begin(self, schedule)
    return schedule


def keep_action(original: Callable[..., str], self: EventBridgeSchedulerResponse) -> str:
    """Wrap `EventBridgeSchedulerResponse.update_schedule`, which forgets ActionAfterCompletion."""
    answer = original(self)
    name = self.uri.split("?")[0].rpartition("/")[2]
    schedule = self.scheduler_backend.get_schedule(self._get_param("GroupName"), name)
    schedule.action_after_completion = self._get_param("ActionAfterCompletion")
    return answer


def delete_schedule(
    original: Callable[..., None], self: EventBridgeSchedulerBackend, group_name: str | None, name: str
) -> None:
    """Wrap `EventBridgeSchedulerBackend.delete_schedule`."""
    disarm(self.get_schedule(group_name, name))
    original(self, group_name, name)


def delete_schedule_group(original: Callable[..., None], self: EventBridgeSchedulerBackend, name: str | None) -> None:
    """Wrap `EventBridgeSchedulerBackend.delete_schedule_group`: its schedules go with it, the default one stays."""
    group = self.get_schedule_group(name)
    if group.name == "default":
        raise ValidationException("The default schedule group cannot be deleted.")
    for schedule in list(group.schedules.values()):
        disarm(schedule)
    original(self, name)


def begin(backend: EventBridgeSchedulerBackend, schedule: Any) -> None:
    """Count from now on. What was due once, within the last minute, is due: AWS's precision is a minute."""
    schedule.began = datetime.now(UTC)
    once = expressions.parse(schedule.schedule_expression).once
    arm(backend, schedule, schedule.began - (PRECISION if once else INSTANT))


def arm(backend: EventBridgeSchedulerBackend, schedule: Any, after: datetime) -> None:
    """Wait for the first time of a schedule after `after`. One that has no more is completed."""
    with _lock:
        disarm(schedule)
        if schedule.state != "ENABLED":
            return
        due = expressions.parse(schedule.schedule_expression).after(
            after,
            ZoneInfo(schedule.schedule_expression_timezone),
            schedule.began,
            validation.moment(schedule.start_date),
            validation.moment(schedule.end_date),
        )
        if due is None:
            complete(backend, schedule)
            return
        # A flexible time window begins at the due time: that is within it.
        _waiting[schedule] = clock.the_clock().call_at(due.timestamp(), lambda: fire(backend, schedule, due))


def disarm(schedule: Any) -> None:
    """Wait no more."""
    with _lock:
        if call := _waiting.pop(schedule, None):
            call.cancel()


def fire(backend: EventBridgeSchedulerBackend, schedule: Any, due: datetime) -> None:
    """Invoke the target, and wait for the next time."""
    arm(backend, schedule, due)
    delivery.deliver(schedule, due)


def complete(backend: EventBridgeSchedulerBackend, schedule: Any) -> None:
    """Delete a schedule that will not fire any more, if that is its ActionAfterCompletion."""
    group = backend.schedule_groups.get(schedule.group_name)
    if schedule.action_after_completion == "DELETE" and group and group.schedules.get(schedule.name) is schedule:
        del group.schedules[schedule.name]


def list_schedules(self: EventBridgeSchedulerResponse) -> str:
    """`EventBridgeSchedulerResponse.list_schedules`: by group, prefix and state, and in pages."""
    found = self.scheduler_backend.list_schedules(self.querystring.get("ScheduleGroup"), self._get_param("State"))
    page, more = _page(self, [schedule for schedule in found if _has_prefix(self, schedule.name)])
    return json.dumps({"Schedules": [schedule.to_dict(short=True) for schedule in page], **more})


def list_schedule_groups(self: EventBridgeSchedulerResponse) -> str:
    """`EventBridgeSchedulerResponse.list_schedule_groups`."""
    found = self.scheduler_backend.list_schedule_groups()
    page, more = _page(self, [group for group in found if _has_prefix(self, group.name)])
    return json.dumps({"ScheduleGroups": [group.to_dict() for group in page], **more})


def _has_prefix(request: EventBridgeSchedulerResponse, name: str) -> bool:
    return name.startswith(request._get_param("NamePrefix") or "")


def _page(request: EventBridgeSchedulerResponse, found: Iterable[Any]) -> tuple[list[Any], dict[str, str]]:
    """A page of what was found, by name, and the token of the next one; the token is how many came before."""
    sorted_ = sorted(found, key=lambda one: one.name)
    token = request._get_param("NextToken") or "0"
    if not token.isdecimal():
        raise ValidationException("Invalid token.")
    end = int(token) + int(request._get_param("MaxResults") or MOST_ON_A_PAGE)
    return sorted_[int(token) : end], {"NextToken": str(end)} if end < len(sorted_) else {}
