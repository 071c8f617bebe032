"""DescribeLogGroups: page by page, with the number of metric filters. Source: API Reference (2026-11)."""

import uuid


def test_groups_are_listed_page_by_page(client):
    logs, prefix = client("logs"), f"/test/{uuid.uuid4().hex}"
    names = [f"{prefix}/{number}" for number in range(3)]
    for name in names:
        logs.create_log_group(logGroupName=name)
    transformation = {"metricName": "m", "metricNamespace": "n", "metricValue": "1"}
    logs.put_metric_filter(
        logGroupName=names[1], filterName="f", filterPattern="", metricTransformations=[transformation]
    )
    first = logs.describe_log_groups(logGroupNamePrefix=prefix, limit=2)
    rest = logs.describe_log_groups(logGroupNamePrefix=prefix, limit=2, nextToken=first["nextToken"])
    found = [*first["logGroups"], *rest["logGroups"]]
    assert [(group["logGroupName"], group["metricFilterCount"]) for group in found] == list(
        zip(names, (0, 1, 0), strict=True)
    )
    assert "nextToken" not in rest and found[0]["arn"].endswith(f":log-group:{names[0]}:*")
    for name in names:
        logs.delete_log_group(logGroupName=name)
