"""Rows for CloudWatch Logs. They do not wait for its first use, a function's first line: that would be late."""

from __future__ import annotations

from ..logs import groups, ingestion, metric_filters, reading, resource_policies, stored_events, subscriptions
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
    Patch("moto.logs.models:LogStream._update", stored_events.update_times, "7b959d373188", "reads every event"),
    Patch(
        "moto.logs.models:SubscriptionFilter.to_json",
        subscriptions.described,
        "d5d16386099c",
        "one distribution",
        around=True,
    ),
    Patch(f"{PROVIDER}.__init__", ingestion.without_client, "53882c5bbd44", "makes a client that nobody uses"),
    Patch(
        f"{PROVIDER}.put_log_events",
        ingestion.put_log_events,
        "7f5c7f3b3f86",
        "publishes metrics meanwhile",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.filter_log_events",
        reading.filter_log_events,
        "c19b48aace44",
        "takes any pattern, sorts nothing",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_log_events",
        reading.get_log_events,
        "46a8326eae05",
        "shows the end of the time too",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.describe_log_streams",
        groups.describe_log_streams,
        "1ab0282dc8c2",
        "says what a stream stores",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.create_log_stream",
        groups.create_log_stream,
        "54bbb39c0ed2",
        "speaks of the log group",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_log_group", groups.delete_log_group, "ae5fc81d2132", "leaves filters and tags", around=True
    ),
    Patch(
        f"{PROVIDER}.delete_log_stream",
        groups.delete_log_stream,
        "a063b3135c9c",
        "speaks of the log group",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.tag_resource", groups.tag_resource, "a639e90b3ed8", "loses the first tags of a group", around=True
    ),
    Patch(f"{PROVIDER}.tag_log_group", groups.tag_log_group, "0422e91639f1", "the same", around=True),
    Patch(
        f"{PROVIDER}.put_resource_policy",
        resource_policies.put_resource_policy,
        "11b2044324cf",
        "takes any text",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.describe_metric_filters",
        metric_filters.describe_metric_filters,
        "a0b9f2c3e84b",
        "shows nothing of a group that is not",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.put_subscription_filter",
        subscriptions.put_subscription_filter,
        "2cd645f0a107",
        "asks Lambda what nobody may",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.put_metric_filter",
        metric_filters.put_metric_filter,
        "fa0dc486690c",
        "takes any pattern",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_metric_filter",
        metric_filters.delete_metric_filter,
        "b86d3cba0b6e",
        "deletes what is not",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.test_metric_filter", metric_filters.test_metric_filter, "5d884f7c1fc5", "is not there", around=True
    ),
    Patch(
        f"{PROVIDER}.describe_log_groups",
        groups.describe_log_groups,
        "b87b6b3b1c22",
        "copies all log events",
        around=True,
    ),
)
