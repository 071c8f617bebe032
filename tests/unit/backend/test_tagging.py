"""The tag of what a lab creates in AWS: which requests get it, and how it is written."""

import boto3
import pytest

from helpers.backend import aws_cli, tagging

pytestmark = pytest.mark.once

PAIR = [{"Key": "lambda-lab", "Value": "04"}]
OWN = {"Key": "mine", "Value": "1"}


@pytest.fixture
def boto():
    made = boto3.Session("x", "x", region_name="us-east-1")
    tagging.tag_all(made.events, "04")
    return made


def sent(boto, service, operation, params):
    """The parameters of an operation after all event handlers, as botocore is about to validate them."""
    client = boto.client(service)
    model = client.meta.service_model.operation_model(operation)
    params = dict(params)
    client.meta.events.emit(f"before-parameter-build.{service}.{operation}", params=params, model=model, context={})
    return params


@pytest.mark.parametrize(
    ("service", "operation", "given", "name", "tags"),
    [
        ("lambda", "CreateFunction", {}, "Tags", {"lambda-lab": "04"}),
        ("lambda", "CreateFunction", {"Tags": {"mine": "1"}}, "Tags", {"lambda-lab": "04", "mine": "1"}),
        ("lambda", "CreateFunction", {"Tags": {"lambda-lab": "own"}}, "Tags", {"lambda-lab": "own"}),
        ("lambda", "CreateEventSourceMapping", {}, "Tags", {"lambda-lab": "04"}),
        ("lambda", "CreateCodeSigningConfig", {}, "Tags", {"lambda-lab": "04"}),
        ("iam", "CreateRole", {}, "Tags", PAIR),
        ("iam", "CreateRole", {"Tags": [OWN]}, "Tags", [OWN, *PAIR]),
        ("iam", "CreateRole", {"Tags": [{"Key": "lambda-lab", "Value": "own"}]}, "Tags", [{**PAIR[0], "Value": "own"}]),
        ("iam", "CreatePolicy", {}, "Tags", PAIR),
        ("sqs", "CreateQueue", {}, "tags", {"lambda-lab": "04"}),
        ("sns", "CreateTopic", {}, "Tags", PAIR),
        ("events", "PutRule", {}, "Tags", PAIR),
        ("dynamodb", "CreateTable", {}, "Tags", PAIR),
        ("kinesis", "CreateStream", {}, "Tags", {"lambda-lab": "04"}),
        ("logs", "CreateLogGroup", {}, "tags", {"lambda-lab": "04"}),
        ("cloudwatch", "PutMetricAlarm", {}, "Tags", PAIR),
        ("apigateway", "CreateRestApi", {}, "tags", {"lambda-lab": "04"}),
        ("apigatewayv2", "CreateApi", {}, "Tags", {"lambda-lab": "04"}),
        ("stepfunctions", "CreateStateMachine", {}, "tags", [{"key": "lambda-lab", "value": "04"}]),
        ("secretsmanager", "CreateSecret", {}, "Tags", PAIR),
        ("s3", "CreateBucket", {}, "CreateBucketConfiguration", {"Tags": PAIR}),
        ("cloudformation", "CreateStack", {}, "Tags", PAIR),
        ("cloudformation", "CreateChangeSet", {"ChangeSetType": "CREATE"}, "Tags", PAIR),
        ("cloudformation", "CreateChangeSet", {"ChangeSetType": "UPDATE"}, "Tags", None),
        ("cloudformation", "UpdateStack", {}, "Tags", None),
        ("cloudformation", "UpdateStack", {"Tags": [OWN]}, "Tags", [OWN, *PAIR]),
        ("ssm", "PutParameter", {}, "Tags", PAIR),
        ("ssm", "PutParameter", {"Overwrite": True}, "Tags", None),
        ("sts", "AssumeRole", {}, "Tags", None),  # session tags, which need sts:TagSession
        ("lambda", "UpdateFunctionConfiguration", {}, "Tags", None),
        ("lambda", "CreateFunction", {"Tags": "not tags"}, "Tags", "not tags"),  # botocore says so
        ("iam", "CreateRole", {"Tags": ["not a tag"]}, "Tags", ["not a tag"]),
        ("s3", "CreateBucket", {"CreateBucketConfiguration": "eu"}, "CreateBucketConfiguration", "eu"),
    ],
)
def test_what_creates_something_is_tagged_and_nothing_of_the_learners_is_overwritten(
    boto, service, operation, given, name, tags
):
    after = sent(boto, service, operation, given)
    after.pop("ClientRequestToken", None)  # botocore's own
    assert after == {**given, **({name: tags} if tags is not None else {})}


def test_the_learners_own_objects_are_not_changed(boto):
    tags, where = [OWN], {"LocationConstraint": "eu-central-1"}
    sent(boto, "iam", "CreateRole", {"Tags": tags})
    after = sent(boto, "s3", "CreateBucket", {"CreateBucketConfiguration": where})
    assert (tags, where) == ([OWN], {"LocationConstraint": "eu-central-1"})
    assert after["CreateBucketConfiguration"] == {**where, "Tags": PAIR}


def test_clients_of_another_identity_do_not_tag():
    assert sent(boto3.Session("x", "x", region_name="us-east-1"), "sns", "CreateTopic", {}) == {}


@pytest.mark.parametrize(("lab", "tagged"), [("04", True), ("", False)])
def test_the_command_line_tags_for_the_lab_that_the_notebook_is_of(home, monkeypatch, lab, tagged):
    import awscli.clidriver

    made = []

    class Driver:
        session = boto3.Session("x", "x", region_name="us-east-1")._session

        def main(self):
            client = self.session.create_client("sns", region_name="us-east-1")
            params = {}
            model = client.meta.service_model.operation_model("CreateTopic")
            client.meta.events.emit("before-parameter-build.sns.CreateTopic", params=params, model=model, context={})
            made.append(params)
            return 0

    monkeypatch.setattr(awscli.clidriver, "create_clidriver", Driver)
    monkeypatch.setenv("LAB_TAG", lab)
    aws_cli.main()
    assert made == [{"Tags": PAIR} if tagged else {}]
