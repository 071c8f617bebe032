"""Rows for Amazon CloudWatch, applied when it is first used."""

from __future__ import annotations

from ..cloudwatch import (
    alarm_clock,
    alarm_history,
    alarm_listing,
    alarm_settings,
    alarm_states,
    datapoints,
    metric_data,
    metric_statistics,
)
from ..patching import Patch

CLOUDWATCH = "localstack.services.cloudwatch"
PROVIDER = f"{CLOUDWATCH}.provider_v2:CloudwatchProvider"

ROWS = (
    Patch(
        f"{CLOUDWATCH}.cloudwatch_database_helper:CloudwatchDatabase.get_metric_data_stat",
        datapoints.get_metric_data_stat,
        "9faee85d1aca",
        "counts metrics with other dimensions, and knows no percentiles",
    ),
    Patch(
        f"{PROVIDER}.get_metric_statistics",
        metric_statistics.get_metric_statistics,
        "3bbd4a8c005d",
        "leaves percentiles out",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_metric_data",
        metric_data.get_metric_data,
        "354ad31d586e",
        "crashes on expressions",
        around=True,
    ),
    # Alarms.
    Patch(
        f"{CLOUDWATCH}.provider_v2:AlarmScheduler",
        alarm_clock.AlarmClock,
        "7959308eeffa",
        "has a thread without alarms, and waits for all evaluation periods",
        left_in=f"{CLOUDWATCH}.alarm_scheduler {CLOUDWATCH}.provider",
    ),
    Patch(
        f"{PROVIDER}.put_metric_alarm",
        alarm_settings.put_metric_alarm,
        "8bce4672c178",
        "forgets an alarm's state",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.put_composite_alarm",
        alarm_settings.put_composite_alarm,
        "f29e0ab11802",
        "knows only OR",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_alarms", alarm_settings.delete_alarms, "716e29f2e325", "is not in the history", around=True
    ),
    Patch(
        f"{PROVIDER}.set_alarm_state", alarm_states.set_alarm_state, "c177a5ff57ff", "acts as account root", around=True
    ),
    Patch(
        f"{PROVIDER}.describe_alarm_history",
        alarm_history.describe_alarm_history,
        "a37c70f694ad",
        "filters by name only",
        around=True,
    ),
    Patch(f"{PROVIDER}.describe_alarms", alarm_listing.describe_alarms, "bf3fc4efef3c", "uses one filter", around=True),
)
