"""What `make creations` reads in the engine's log, in stacks' events and in functions' logs."""

import pytest
import store_creations

pytestmark = pytest.mark.once


class Pages:
    """A client whose operations give these pages."""

    def __init__(self, **answers):
        self.answers = answers

    def get_paginator(self, operation):
        self.operation = operation
        return self

    def paginate(self, **asked):
        answer = self.answers[self.operation]
        return [answer(**asked) if callable(answer) else answer]


def test_requests_that_were_answered_are_counted_and_no_others():
    log = """10:37:51.790  INFO --- [ gateway-1] localstack.request.aws     : AWS lambda.CreateFunction => 201
10:37:51.790  INFO --- [ gateway-1] localstack.request.aws     : AWS lambda.CreateFunction => 409 (Conflict)
10:37:51.790  INFO --- [ gateway-1] localstack.request.http    : GET /x => 200
10:37:51.790  INFO --- [ gateway-1] localstack.request.aws     : AWS s3.CreateBucket => 200"""
    assert store_creations.REQUEST.findall(log) == ["lambda.CreateFunction", "s3.CreateBucket"]


def test_runs_are_counted_in_logs_of_either_format():
    messages = [
        "REPORT RequestId: 1\tDuration: 1.2 ms\tBilled Duration: 2000 ms\tMemory Size: 512 MB\tMax Memory Used: 40 MB",
        '{"type": "platform.report", "record": {"metrics": {"billedDurationMs": 1000, "memorySizeMB": 1024}}}',
        "hello",
    ]
    logs = Pages(
        describe_log_groups={"logGroups": [{"logGroupName": "g"}]},
        filter_log_events={"events": [{"message": message} for message in messages]},
    )
    ran, gb_seconds, kb = store_creations.logged(logs)
    assert (ran, gb_seconds) == (2, 2.0)
    assert kb == pytest.approx(sum(map(len, messages)) / 1024)


def test_what_stacks_have_made_counts_deleted_ones_too():
    events = {
        "1": [("AWS::CloudFormation::Stack", "CREATE_COMPLETE"), ("AWS::Lambda::Function", "CREATE_COMPLETE")],
        "2": [("AWS::Lambda::Function", "CREATE_COMPLETE"), ("AWS::IAM::Role", "CREATE_FAILED")],
    }
    cloudformation = Pages(
        list_stacks={"StackSummaries": [{"StackId": "1"}, {"StackId": "2", "StackStatus": "DELETE_COMPLETE"}]},
        describe_stack_events=lambda StackName: {  # noqa: N803 (AWS's spelling)
            "StackEvents": [{"ResourceType": kind, "ResourceStatus": status} for kind, status in events[StackName]]
        },
    )
    assert store_creations.made_by_stacks(cloudformation) == {"functions": 2}


@pytest.mark.parametrize(
    ("request_", "creates"),
    [("lambda.CreateFunction", True), ("lambda.CreateAlias", False), ("efs.CreateFileSystem", True), ("s3.Get", False)],
)
def test_a_request_that_creates_something_unknown_is_noticed(request_, creates):
    assert store_creations.creates(request_) == creates
