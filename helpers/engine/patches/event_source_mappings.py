"""Rows for AWS Lambda, continued: event source mappings."""

from __future__ import annotations

from .. import sqs
from ..lambda_.event_source_mappings import dynamodb, kinesis, listing, queues, sources, workers
from ..patching import Patch

LAMBDA = "localstack.services.lambda_"
MAPPING = f"{LAMBDA}.event_source_mapping"
PROVIDER = f"{LAMBDA}.provider:LambdaProvider"

ROWS = (
    Patch(
        f"{PROVIDER}.list_event_source_mappings",
        listing.list_event_source_mappings,
        "9adeea7d2908",
        "takes a part of a name for it",
        around=True,
    ),
    Patch(
        f"{MAPPING}.esm_worker:EsmWorker.delete",
        workers.delete,
        "d7a6ba58742b",
        "does not delete what is disabled",
        around=True,
    ),
    Patch(
        f"{MAPPING}.esm_worker:EsmWorker.update_esm_state_in_store",
        workers.update_state,
        "eb2231e43285",
        "writes the end of a worker that was replaced",
        around=True,
    ),
    Patch(
        f"{MAPPING}.esm_worker:EsmWorker.poller_loop",
        workers.poller_loop,
        "0c30912d7428",
        "says that a mapping is enabled before it knows where to begin",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.update_event_source_mapping_v2",
        workers.update_mapping,
        "3c8a42abea09",
        "leaves the time of the last change, and an empty filter",
        around=True,
    ),
    Patch(
        f"{MAPPING}.esm_worker_factory:EsmWorkerFactory.get_esm_worker",
        workers.get_esm_worker,
        "686f7c77017e",
        "keeps half of the mapping from its poller, and forgets where the one before was",
        around=True,
    ),
    Patch(
        f"{MAPPING}.esm_worker_factory:SqsPoller",
        queues.Queue,
        "b773e85249ea",
        "one batch at a time, of bodies written anew",
    ),
    Patch(
        f"{MAPPING}.esm_worker_factory:KinesisPoller",
        kinesis.Kinesis,
        "871ac1278df4",
        "neither halves, windows, lanes nor a timestamp",
    ),
    Patch(f"{MAPPING}.esm_worker_factory:DynamoDBPoller", dynamodb.DynamoDB, "4d8cf29ca496", "the same"),
    Patch(
        f"{PROVIDER}.check_service_resource_exists",
        sources.check_exists,
        "33d89ff494f8",
        "asks as the function's role, and fails where it may not describe",
    ),
    Patch(
        f"{MAPPING}.esm_worker:ExponentialBackoff",
        sqs.backoff,
        "30b5d3f8aa8f",
        "waits up to 10 s when a queue was empty",
    ),
)
