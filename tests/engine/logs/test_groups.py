"""DescribeLogGroups: page by page, with the number of metric filters. Source: API Reference (2026-11)."""

import uuid

import pytest
from botocore.exceptions import ClientError
from kit import refusal


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


def test_what_is_a_groups_goes_with_it(client):
    logs, name = client("logs"), f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name)
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]
    logs.tag_resource(resourceArn=arn, tags={"team": "shop"})
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "shop"}
    transformation = {"metricName": "m", "metricNamespace": "n", "metricValue": "1"}
    logs.put_metric_filter(logGroupName=name, filterName="f", filterPattern="", metricTransformations=[transformation])
    logs.delete_log_group(logGroupName=name)
    with pytest.raises(ClientError, match="The specified log group does not exist"):
        logs.describe_metric_filters(logGroupName=name)
    logs.create_log_group(logGroupName=name)
    assert logs.describe_metric_filters(logGroupName=name)["metricFilters"] == []
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {}
    with pytest.raises(ClientError, match="The specified log stream does not exist"):
        logs.delete_log_stream(logGroupName=name, logStreamName="nobody")
    logs.delete_log_group(logGroupName=name)


@pytest.mark.parametrize(
    ("operation", "more"),
    [("list_tags_for_resource", {}), ("tag_resource", {"tags": {"a": "b"}}), ("untag_resource", {"tagKeys": ["a"]})],
)
def test_tags_are_those_of_a_group_that_is_there(client, operation, more):
    # boto/boto3, issue 4104: the words for what is no ARN, and for one as DescribeLogGroups shows it.
    call = getattr(client("logs"), operation)
    nobodys = f"arn:aws:logs:us-east-1:000000000000:log-group:/test/{uuid.uuid4().hex}"
    for arn in ("x", "arn:x", f"{nobodys}:*"):
        assert refusal(call, resourceArn=arn, **more) == ("ValidationException", "Invalid resourceArn")
    assert refusal(call, resourceArn=nobodys, **more)[0] == "ResourceNotFoundException"


def test_a_token_of_nobody_is_refused(client):
    found = refusal(client("logs").describe_log_groups, nextToken="x")
    assert found == ("InvalidParameterException", "The specified nextToken is invalid.")


def test_a_resource_policy_is_a_policy(client):
    with pytest.raises(ClientError, match=r"Invalid policy document\. Please check the policy syntax"):
        client("logs").put_resource_policy(policyName="p", policyDocument="{")
