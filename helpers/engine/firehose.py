"""Data Firehose: what comes by PutRecord goes to a bucket, as the stream's role.

LocalStack takes other sources, destinations and transformations too: for these it needs Java or a search engine, leaves
them out in silence, or calls a transforming function as nobody, with less than AWS sends it. Here they are refused.
"""

from __future__ import annotations

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

HERE = ("S3Destination", "ExtendedS3Destination")


def refuse_delivery_stream(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CreateDeliveryStream and UpdateDestination. Raises: InternalFailure (501)."""
    request = context.service_request
    source = request.get("DeliveryStreamType", "DirectPut")
    if source != "DirectPut":
        _not_here(f"The source {source}")
    for name, value in request.items():
        if name.endswith(("DestinationConfiguration", "DestinationUpdate")) and not name.startswith(HERE):
            _not_here(name)
        if isinstance(value, dict) and (value.get("ProcessingConfiguration") or {}).get("Enabled"):
            _not_here("ProcessingConfiguration")


def _not_here(what: str) -> None:
    raise CommonServiceException("InternalFailure", f"{what} of a delivery stream is not part of this engine.", 501)
