"""Rows for Amazon CloudWatch, applied when it is first used."""

from __future__ import annotations

from ..cloudwatch import (
    alarm_clock,
    alarm_history,
    alarm_listing,
    alarm_settings,
    alarm_states,
    dashboards,
    metric_data,
    metric_listing,
    metric_queries,
    metric_statistics,
    published,
)
from ..patching import Patch

CLOUDWATCH = "localstack.services.cloudwatch"
PROVIDER = f"{CLOUDWATCH}.provider_v2:CloudwatchProvider"

ROWS = (
    Patch(
        f"{CLOUDWATCH}.cloudwatch_database_helper:CloudwatchDatabase.add_metric_data",
        published.add_metric_data,
        "e2b4e6c816e8",
        "makes a row of every value",
    ),
    Patch(
        f"{PROVIDER}.put_metric_data",
        metric_queries.put_metric_data,
        "2a4343993b15",
        "takes any unit and time",
        around=True,
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
    Patch(f"{PROVIDER}.list_metrics", metric_listing.list_metrics, "679f11730428", "finds 12 for 1", around=True),
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
    Patch(
        f"{PROVIDER}.describe_alarms_for_metric",
        alarm_listing.describe_alarms_for_metric,
        "47a75ebbfa57",
        "shows alarms of other dimensions",
        around=True,
    ),
    Patch(f"{PROVIDER}.put_dashboard", dashboards.put_dashboard, "afcfe53b07a7", "takes any text", around=True),
    Patch(f"{PROVIDER}.get_dashboard", dashboards.get_dashboard, "ef40ddb3fad9", "has another error", around=True),
    Patch(
        f"{PROVIDER}.delete_dashboards",
        dashboards.delete_dashboards,
        "9cad582ce095",
        "deletes what is not",
        around=True,
    ),
)
