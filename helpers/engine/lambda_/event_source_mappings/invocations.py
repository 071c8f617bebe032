"""Calling the function of a mapping with a batch, and what its answer means."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.aws.api.lambda_ import FunctionResponseType
from localstack.services.lambda_.event_source_mapping.pollers.poller import Poller, get_batch_item_failures
from localstack.utils.json import BytesEncoder

from .outcomes import Outcome


def invoke(poller: Poller, mapping: dict[str, Any], event: dict[str, Any], identifiers: set[str]) -> Outcome:
    """Call the mapping's function with `event`; `identifiers` are those of the batch's items.

    Partial failures count where the mapping has `ReportBatchItemFailures`; an answer that names an item that is not in
    the batch, or none, fails the whole batch (Lambda Developer Guide, "Configuring partial batch response", 2026-11).
    """
    client = poller.processor.sender.target_client
    arn = mapping["FunctionArn"]
    try:
        answer = client.invoke(FunctionName=arn, Payload=json.dumps(event, cls=BytesEncoder))
    except (ClientError, BotoCoreError):
        return Outcome(reached=False, failed=True)
    text = answer["Payload"].read()
    error = answer.get("FunctionError")
    context = {
        "requestContext": {"requestId": answer["ResponseMetadata"]["RequestId"], "functionArn": arn},
        "responseContext": {
            "statusCode": answer["StatusCode"],
            "executedVersion": answer.get("ExecutedVersion", "$LATEST"),
            "functionError": error,
        },
    }
    if error:
        return Outcome(failed=True, context=context)
    try:
        payload = json.loads(text) if text else None
    except ValueError:
        payload = None
    if FunctionResponseType.ReportBatchItemFailures not in (mapping.get("FunctionResponseTypes") or ()):
        return Outcome(payload=payload, context=context)
    try:
        failures = get_batch_item_failures(payload, identifiers)
    except (AttributeError, TypeError):  # no object, or no list
        failures = None
    if failures is None:
        return Outcome(failed=True, context=context)
    return Outcome(failures=frozenset(failures), payload=payload, context=context)
