"""Rows for CloudWatch Logs Insights, applied when CloudWatch Logs is first used."""

from __future__ import annotations

from ..logs.insights import lookups, queries
from ..patching import Patch

PROVIDER = "localstack.services.logs.provider:LogsProvider"

ROWS = (
    Patch(f"{PROVIDER}.start_query", queries.start_query, "d973a3b909bf", "moto ignores filter and stats", around=True),
    Patch(f"{PROVIDER}.get_query_results", queries.get_query_results, "d1e2ed405dde", "the same", around=True),
    Patch(f"{PROVIDER}.stop_query", queries.stop_query, "4016cc45a214", "is not there", around=True),
    Patch(f"{PROVIDER}.describe_queries", queries.describe_queries, "aef9ec0d8118", "shows moto's", around=True),
    Patch(f"{PROVIDER}.get_log_record", lookups.get_log_record, "ded8cc807b3b", "is not there", around=True),
    Patch(f"{PROVIDER}.get_log_group_fields", lookups.get_log_group_fields, "a525fa23f5bf", "the same", around=True),
)
