"""Rows for Amazon CloudWatch, applied when it is first used."""

from __future__ import annotations

from ..cloudwatch import datapoints, metric_data, metric_statistics
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
)
