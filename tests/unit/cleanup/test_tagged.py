"""What has a lab's tag."""

import pytest

from helpers.cleanup import tagged
from helpers.cleanup.resource_types import RESOURCE_TYPES

pytestmark = pytest.mark.once

HERE = "eu-central-1:123456789012"
SIGNING = f"lambda:{HERE}:code-signing-config:csc-1"


@pytest.mark.parametrize(
    ("arn", "kind", "key"),
    [
        (f"arn:aws:cloudformation:{HERE}:stack/lab12-shop/8a2f", "stacks", "lab12-shop"),
        (f"arn:aws:lambda:{HERE}:event-source-mapping:2b73-uuid", "event_source_mappings", "2b73-uuid"),
        (f"arn:aws:events:{HERE}:rule/lab09-night", "rules", "lab09-night"),
        (f"arn:aws:sns:{HERE}:lab06-news", "topics", f"sns:{HERE}:lab06-news"),
        (f"arn:aws:states:{HERE}:stateMachine:lab06-order", "state_machines", "lab06-order"),
        ("arn:aws:apigateway:eu-central-1::/usageplans/pl4n", "usage_plans", "pl4n"),
        ("arn:aws:apigateway:eu-central-1::/apikeys/k3y", "api_keys", "k3y"),
        ("arn:aws:apigateway:eu-central-1::/restapis/a1b2", "rest_apis", "a1b2"),
        ("arn:aws:apigateway:eu-central-1::/apis/a1b2", "http_apis", "a1b2"),
        (f"arn:aws:cloudwatch:{HERE}:alarm:lab10-errors", "alarms", "lab10-errors"),
        (f"arn:aws:lambda:{HERE}:function:HelloWorld", "functions", "HelloWorld"),
        (f"arn:aws:{SIGNING}", "code_signing_configs", SIGNING),
        (f"arn:aws:logs:{HERE}:log-group:/lab10/shop", "log_groups", "/lab10/shop"),
        (f"arn:aws:logs:{HERE}:log-group:/lab10/shop:*", "log_groups", "/lab10/shop"),
        ("arn:aws-cn:s3:::lab02-notes-1", "buckets", "lab02-notes-1"),
        (f"arn:aws:sqs:{HERE}:lab04-orders", "queues", "lab04-orders"),
        (f"arn:aws:dynamodb:{HERE}:table/lab06-bills", "tables", "lab06-bills"),
        (f"arn:aws:kinesis:{HERE}:stream/lab09-clicks", "streams", "lab09-clicks"),
    ],
)
def test_an_arn_leads_to_the_resource_as_it_is_listed(arn, kind, key):
    assert tagged.keyed({arn: "04"}) == ({(kind, key): "04"}, [])


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:apigateway:eu-central-1::/restapis/a1b2/stages/live",
        "arn:aws:apigateway:eu-central-1::/apis/a1b2/stages/$default",
        f"arn:aws:kinesis:{HERE}:stream/lab09-clicks/consumer/one:1",
    ],
)
def test_what_goes_with_another_resource_is_not_counted(arn):
    assert tagged.keyed({arn: "04"}) == ({}, [])


def test_what_no_lab_makes_is_told():
    arn = f"arn:aws:secretsmanager:{HERE}:secret:mine-AbCdEf"
    assert tagged.keyed({arn: "04"}) == ({}, [arn])


def test_every_kind_has_an_arn_or_iams_tags_or_is_known_by_its_name():
    known = set(tagged.ARNS) | set(tagged.OF_IAM) | tagged.BY_NAME
    assert known == set(RESOURCE_TYPES)
