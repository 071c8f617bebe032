"""Messages and attributes that SNS refuses: a subject that no mail could have, a number that is none, an unknown name.

SNS API Reference, Publish and SetTopicAttributes (2026-11). The texts: moto's `sns/responses.py` (2025), public
reports. LocalStack 4.9.2 looks at neither. The ids of a batch: API Reference, PublishBatch; which letters, as SQS
says of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..sqs.message_attributes import no_numbers

# Up to 100 characters of ASCII in one line, the first of which is a letter, a digit or punctuation.
SUBJECT = re.compile(r"[!-~][ -~]{0,99}")
ENTRY_ID = re.compile(r"[\w-]{1,80}", re.ASCII)
FEEDBACK = ("Application", "Firehose", "HTTP", "Lambda", "SQS")
ATTRIBUTES = frozenset(
    {
        "ArchivePolicy",
        "ContentBasedDeduplication",
        "DeliveryPolicy",
        "DisplayName",
        "FifoThroughputScope",
        "KmsMasterKeyId",
        "Policy",
        "SignatureVersion",
        "TracingConfig",
        *(f"{one}{kind}FeedbackRoleArn" for one in FEEDBACK for kind in ("Success", "Failure")),
        *(f"{one}SuccessFeedbackSampleRate" for one in FEEDBACK),
    }
)


def refuse_message(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Publish. Raises: InvalidParameter or ParameterValueInvalid (400)."""
    request: Mapping[str, Any] = context.service_request or {}
    subject = request.get("Subject")
    if subject is not None and not SUBJECT.fullmatch(subject):
        raise _error("InvalidParameter", "Invalid parameter: Subject")
    for name in no_numbers(request.get("MessageAttributes") or {}):
        raise _error("ParameterValueInvalid", f"Could not cast message attribute '{name}' value to number.")


def refuse_batch(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before PublishBatch. Raises: EmptyBatchRequest, InvalidBatchEntryId (400)."""
    entries = (context.service_request or {}).get("PublishBatchRequestEntries") or ()
    if not entries:
        raise _error("EmptyBatchRequest", "The batch request doesn't contain any entries.")
    for entry in entries:
        if not ENTRY_ID.fullmatch(entry.get("Id") or ""):
            what = "The Id of a batch entry in a batch request doesn't abide by the specification."
            raise _error("InvalidBatchEntryId", what)


def refuse_attribute(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before SetTopicAttributes. Raises: InvalidParameter (400)."""
    if (context.service_request or {}).get("AttributeName") not in ATTRIBUTES:
        raise _error("InvalidParameter", "Invalid parameter: AttributeName")


def _error(code: str, message: str) -> CommonServiceException:
    return CommonServiceException(code, message, 400, True)
