"""Rows for CloudWatch Logs, applied when it is first used."""

from __future__ import annotations

from ..logs import ingestion, metric_filters, operations, subscriptions
from ..logs.filter_patterns import patterns
from ..patching import Patch

LOGS = "localstack.services.logs.provider"
PROVIDER = f"{LOGS}:LogsProvider"

ROWS = (
    Patch(f"{LOGS}:get_pattern_matcher", patterns.matcher, "2c5f3de28249", "lets every event pass"),
    Patch(
        "moto.logs.models:LogStream.put_log_events",
        ingestion.store,
        "16317b7e99ec",
        "keeps everything, delivers unfiltered",
    ),
    Patch(
        "moto.logs.models:SubscriptionFilter.to_json",
        subscriptions.described,
        "d5d16386099c",
        "one distribution",
        around=True,
    ),
    Patch(f"{PROVIDER}.put_log_events", ingestion.put_log_events, "", "publishes metrics meanwhile", around=True),
    Patch(f"{PROVIDER}.filter_log_events", operations.filter_log_events, "", "takes any pattern", around=True),
    Patch(
        f"{PROVIDER}.put_subscription_filter",
        subscriptions.put_subscription_filter,
        "",
        "asks Lambda what nobody may",
        around=True,
    ),
    Patch(f"{PROVIDER}.put_metric_filter", metric_filters.put_metric_filter, "", "takes any pattern", around=True),
    Patch(
        f"{PROVIDER}.delete_metric_filter", metric_filters.delete_metric_filter, "", "deletes what is not", around=True
    ),
    Patch(f"{PROVIDER}.test_metric_filter", metric_filters.test_metric_filter, "", "is not there", around=True),
)
