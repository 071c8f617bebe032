"""Whether a mapping's source exists.

LocalStack asks as the function's role, and answers InternalError to a right that the role lacks: a role that may
list a stream's shards need not describe it. Rights are checked before (`iam.execution_roles`).
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.connect import connect_to
from localstack.utils.aws import arns

MISSING = ("ResourceNotFoundException", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")


def check_exists(self: Any, service: str, resource_arn: str, function_arn: str, function_role_arn: str) -> None:
    """Replace `LambdaProvider.check_service_resource_exists`. Raises: InvalidParameterValueException."""
    arn = arns.parse_arn(resource_arn)
    clients = connect_to(aws_access_key_id=arn["account"], region_name=arn["region"])
    try:
        match service:
            case "sqs" | "sqs-fifo":
                clients.sqs.get_queue_attributes(QueueUrl=arns.sqs_queue_url_for_arn(resource_arn))
            case "kinesis":
                stream, _, consumer = resource_arn.partition("/consumer/")
                clients.kinesis.describe_stream_summary(StreamARN=stream)
                if consumer:
                    clients.kinesis.describe_stream_consumer(ConsumerARN=resource_arn)
            case "dynamodb":
                clients.dynamodbstreams.describe_stream(StreamArn=resource_arn)
    except ClientError as error:
        code, message = error.response["Error"]["Code"], error.response["Error"]["Message"]
        if code not in MISSING:
            raise
        said = f"Stream not found: {resource_arn}"
        if service.startswith("sqs"):
            said = f"Error occurred while ReceiveMessage. SQS Error Code: {code}. SQS Error Message: {message}"
        raise InvalidParameterValueException(said, Type="User") from None
