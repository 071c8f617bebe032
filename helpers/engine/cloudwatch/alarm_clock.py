"""When alarms are evaluated: at the end of each of their periods, in one thread that lives while there are alarms.

An alarm with a period of a minute or longer is evaluated every minute, of the periods that end then; one with a shorter
period every ten seconds (CloudWatch User Guide, "Alarm evaluation" and "High-resolution alarms", 2026-11). LocalStack
4.9.2 waits for all evaluation periods, and has a thread whether there are alarms or not.
"""

from __future__ import annotations

import logging
import threading
import time

from localstack.services.cloudwatch.models import LocalStackMetricAlarm, cloudwatch_stores

from . import alarm_data, alarm_evaluation, alarm_states

LOG = logging.getLogger(__name__)
LATENESS = 2.0  # s after a period has ended: its values may come up to 1 s late


class AlarmClock:
    """What `CloudwatchProvider` takes for LocalStack's `AlarmScheduler`; its methods are named as there."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}  # when each alarm, by its ARN, is evaluated next: s since 1970
        self._changed = threading.Condition()
        self._running = False

    def schedule_metric_alarm(self, alarm_arn: str) -> None:
        """Evaluate an alarm soon, and from then on at the end of each period."""
        with self._changed:
            self._due[alarm_arn] = time.time()
            self._changed.notify()
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="alarms", daemon=True).start()

    def delete_scheduler_for_alarm(self, alarm_arn: str) -> None:
        """Forget an alarm."""
        with self._changed:
            self._due.pop(alarm_arn, None)
            self._changed.notify()

    def shutdown_scheduler(self) -> None:
        """Forget all of them, which ends the thread."""
        with self._changed:
            self._due.clear()
            self._changed.notify()

    def restart_existing_alarms(self) -> None:
        """Evaluate what was loaded; nothing is, here: an engine keeps no state."""

    def _run(self) -> None:
        while (due := self._wait()) is not None:
            for arn in due:
                try:
                    following = evaluate(arn)
                except Exception as error:  # one alarm that fails is no reason to stop the others
                    LOG.warning("The alarm %s was not evaluated: %s", arn, error)
                    following = next_end(60, time.time())
                with self._changed:
                    if arn in self._due:
                        self._due[arn] = following

    def _wait(self) -> list[str] | None:
        """The alarms that are due, as soon as there are any; None if there are no alarms at all."""
        with self._changed:
            while True:
                if not self._due:
                    self._running = False
                    return None
                now = time.time()
                if due := [arn for arn, moment in self._due.items() if moment <= now]:
                    return due
                self._changed.wait(min(self._due.values()) - now)


def next_end(step: int, now: float) -> float:
    """When to look at the period that ends next, if one ends every `step` seconds."""
    return (now - LATENESS) // step * step + step + LATENESS


def evaluate(arn: str) -> float:
    """Evaluate an alarm now. When to do it again, s since 1970."""
    _, _, _, region, account, *_ = arn.split(":")
    alarm = cloudwatch_stores[account][region].alarms.get(arn)
    now = time.time()
    if alarm is None:
        return now + 60
    if not isinstance(alarm, LocalStackMetricAlarm):
        alarm_states.apply_rule(alarm, None)
        return float("inf")  # only when one of the alarms in its rule changes
    period = alarm_data.period_of(alarm.alarm)
    step = 60 if period >= 60 else 10
    points = alarm_data.read(alarm, int((now - LATENESS) // step * step), period)
    found = alarm_evaluation.evaluate(alarm.alarm, points)
    if found:
        alarm_states.change(alarm, found.state, found.reason, alarm_data.reason_data(alarm.alarm, found.points, period))
    return next_end(step, now)
