"""ARNs and account numbers that are none: LocalStack 4.9.2 fails with 500 for them.

Words of the ARN: LocalStack's ListMessageMoveTasks, compared with AWS in its tests (2023). A queue of nobody's is not
there (SQS API Reference, "GetQueueUrl", 2026-11).
"""

from __future__ import annotations

import re

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.sqs import QueueDoesNotExist
from localstack.aws.chain import HandlerChain
from localstack.http import Response

ARN = re.compile(r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+")
ACCOUNT = re.compile(r"\d{12}")


def refuse_address(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before StartMessageMoveTask and GetQueueUrl. Raises: InvalidParameterValue or QueueDoesNotExist."""
    request = context.service_request or {}
    for name in ("SourceArn", "DestinationArn"):
        if request.get(name) is not None and not ARN.fullmatch(request[name]):
            shape = "arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
            text = f"You must use this format to specify the {name}: {shape}"
            raise CommonServiceException("InvalidParameterValue", text, 400, True)
    owner = request.get("QueueOwnerAWSAccountId")
    if owner and not ACCOUNT.fullmatch(owner):
        raise QueueDoesNotExist("The specified queue does not exist.")
