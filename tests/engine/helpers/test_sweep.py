"""The engine reached as if it were AWS: what a lab creates there is tagged, and a sweep leaves nothing of it.

Our engine has no Resource Groups Tagging API. What stands for it asks the services for the tags that they keep.
"""

import boto3
import pytest
from botocore.config import Config
from kit import secret, zipped
from resources_kit import HANDLER, everything

from helpers.backend import tagging
from helpers.cleanup import owns, sweep
from helpers.cleanup.owns import Owns
from helpers.cleanup.resource_types import RESOURCE_TYPES
from helpers.cleanup.tagged import BY_NAME

ALL = Owns(**dict.fromkeys(RESOURCE_TYPES, ("*",)))
ACCOUNT = "210987654322"
HERE = f"us-east-1:{ACCOUNT}"
NAMES = Owns(
    functions=("f", "mine"),
    layers=("l",),
    schedules=("schedule",),
    groups=("g",),
    dashboards=("dashboard",),
)
# How each service says which tags something has: service, operation, parameter; and the ARN.
LISTS = [
    ("lambda", "list_tags", "Resource", f"arn:aws:lambda:{HERE}:function:f"),
    ("lambda", "list_tags", "Resource", f"arn:aws:lambda:{HERE}:function:mine"),
    ("sns", "list_tags_for_resource", "ResourceArn", f"arn:aws:sns:{HERE}:t"),
    ("events", "list_tags_for_resource", "ResourceARN", f"arn:aws:events:{HERE}:rule/rule"),
    ("stepfunctions", "list_tags_for_resource", "resourceArn", f"arn:aws:states:{HERE}:stateMachine:m"),
    ("dynamodb", "list_tags_of_resource", "ResourceArn", f"arn:aws:dynamodb:{HERE}:table/table"),
    ("cloudwatch", "list_tags_for_resource", "ResourceARN", f"arn:aws:cloudwatch:{HERE}:alarm:alarm"),
    ("logs", "list_tags_for_resource", "resourceArn", f"arn:aws:logs:{HERE}:log-group:/aws/lambda/f"),
]


class TaggingApi:
    """Stands for the Resource Groups Tagging API."""

    def __init__(self, aws):
        self.aws = aws

    def get_paginator(self, operation):
        return self

    def paginate(self, TagFilters):  # noqa: N803 (AWS's spelling)
        assert TagFilters == [{"Key": "lambda-lab", "Values": ["07"]}]
        tagged = [arn for arn, tags in self.found() if ("lambda-lab", "07") in pairs(tags)]
        tags = [{"Key": "lambda-lab", "Value": "07"}]
        # Kinesis in our engine drops the tags that a stream is created with.
        for arn in (*tagged, f"arn:aws:kinesis:{HERE}:stream/stream"):
            yield {"ResourceTagMappingList": [{"ResourceARN": arn, "Tags": tags}]}

    def found(self):
        for service, operation, parameter, arn in LISTS:
            answer = getattr(self.aws(service), operation)(**{parameter: arn})
            yield arn, answer.get("Tags", answer.get("tags"))
        lam, api, sqs = self.aws("lambda"), self.aws("apigateway"), self.aws("sqs")
        for mapping in lam.list_event_source_mappings()["EventSourceMappings"]:
            arn = mapping["EventSourceMappingArn"]
            yield arn, lam.list_tags(Resource=arn)["Tags"]
        for config in lam.list_code_signing_configs()["CodeSigningConfigs"]:
            arn = config["CodeSigningConfigArn"]
            yield arn, lam.list_tags(Resource=arn)["Tags"]
        for kind, operation in (("restapis", "rest_apis"), ("usageplans", "usage_plans"), ("apikeys", "api_keys")):
            for item in getattr(api, f"get_{operation}")()["items"]:
                yield f"arn:aws:apigateway:us-east-1::/{kind}/{item['id']}", item["tags"]
        for item in self.aws("apigatewayv2").get_apis()["Items"]:
            yield f"arn:aws:apigateway:us-east-1::/apis/{item['ApiId']}", item["Tags"]
        for url in sqs.list_queues()["QueueUrls"]:
            yield f"arn:aws:sqs:{HERE}:{url.rpartition('/')[2]}", sqs.list_queue_tags(QueueUrl=url)["Tags"]
        for bucket in self.aws("s3").list_buckets()["Buckets"]:
            yield f"arn:aws:s3:::{bucket['Name']}", self.aws("s3").get_bucket_tagging(Bucket=bucket["Name"])["TagSet"]
        for stack in self.aws("cloudformation").describe_stacks()["Stacks"]:
            yield stack["StackId"], stack["Tags"]


def pairs(tags):
    if isinstance(tags, dict):
        return list(tags.items())
    return [tuple(tag.values()) for tag in tags]


@pytest.fixture
def aws(engine):
    """`aws("iam")`: a client as a lab on AWS has it. Nothing is left in the account afterwards."""
    made = {"resourcegroupstaggingapi": None}

    def make(service):
        if service not in made:
            made[service] = boto3.client(
                service,
                endpoint_url=engine.endpoint,
                region_name="us-east-1",
                aws_access_key_id=ACCOUNT,
                aws_secret_access_key=secret(engine, ACCOUNT),
                config=Config(s3={"addressing_style": "path"}),
            )
            tagging.tag_all(made[service].meta.events, "07")
        return made[service]

    made["resourcegroupstaggingapi"] = TaggingApi(make)
    yield make
    owns.remove(make, ALL)


def test_a_sweep_finds_and_deletes_one_of_every_kind_and_keeps_what_lacks_the_tag(aws):
    everything(aws)
    role = aws("iam").get_role(RoleName="r")["Role"]["Arn"]
    own = {
        "Runtime": "python3.13",
        "Handler": "index.handler",
        "Role": role,
        "Code": {"ZipFile": zipped({"index.py": HANDLER})},
    }
    arn = aws("lambda").create_function(FunctionName="mine", **own)["FunctionArn"]
    aws("lambda").untag_resource(Resource=arn, TagKeys=["lambda-lab"])  # as if it had been there before

    found = sweep.find(aws, {"07": NAMES})
    assert found.refused == found.unknown == []
    assert [(item.kind, item.name) for item in found.perhaps_not] == [("functions", "mine")]
    ours = [item for item in found.ours if item.name != "of-the-stack"]
    assert {item.kind for item in ours} == set(RESOURCE_TYPES)
    assert {item.kind for item in ours if item.why == "by its name"} == BY_NAME - {"log_groups"}

    said = []
    assert sweep.delete(aws, found.ours, said.append) == []
    assert len(said) == len(found.ours)
    left = owns.remove(aws, ALL, dry_run=True)
    assert left == {"functions": ["mine"]}
