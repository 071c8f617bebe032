"""Rows for AWS Lambda: invocations, events and what polls for them."""

from __future__ import annotations

from ..lambda_ import (
    asynchronous,
    code,
    event_attempts,
    event_stream,
    invocation,
    role_credentials,
)
from ..lambda_.event_source_mappings import dynamodb, kinesis, listing, queues, sources, workers
from ..lambda_.function_urls import serving
from ..patching import Patch
from ..sqs import polling

LAMBDA = "localstack.services.lambda_"
MAPPING = f"{LAMBDA}.event_source_mapping"
PROVIDER = f"{LAMBDA}.provider:LambdaProvider"
ENVIRONMENT = f"{LAMBDA}.invocation.execution_environment:ExecutionEnvironment"
POLLER = f"{LAMBDA}.invocation.event_manager:Poller"

ROWS = (
    Patch(
        f"{POLLER}.handle_message",
        event_attempts.handle_message,
        "4aabc1d3873d",
        "takes a version's configuration for an alias, and loses throttled events that became too old",
    ),
    Patch(
        f"{LAMBDA}.invocation.lambda_service:LambdaService.invoke",
        invocation.invoke_the_latest,
        "3884861bdc91",
        "refuses what an update overtakes",
        around=True,
    ),
    Patch(
        f"{LAMBDA}.invocation.version_manager:LambdaVersionManager.invoke",
        invocation.invoke,
        "3982e0e791a3",
        "starts three threads and makes two calls for each invocation",
    ),
    Patch(
        f"{LAMBDA}.invocation.version_manager:LogHandler.start_subscriber",
        invocation.start_no_subscriber,
        "919bf3de6342",
        "would write every line a second time",
    ),
    Patch(
        f"{ENVIRONMENT}.get_credentials",
        role_credentials.get_credentials,
        "192a195b8235",
        "makes a request to STS for each cold start",
        around=True,
    ),
    Patch(f"{ENVIRONMENT}.invoke", invocation.run, "cf0e0565b58f", "leaves the client context out"),
    Patch(f"{ENVIRONMENT}.release", invocation.release, "8cefb498c2cb", "starts a timer for each invocation"),
    Patch(f"{ENVIRONMENT}.reserve", invocation.reserve, "c3d6eab93a1c", "the same"),
    Patch(f"{ENVIRONMENT}.stop", invocation.stop, "cd5433ed0cbd", "the same", around=True),
    Patch(
        f"{LAMBDA}.invocation.lambda_service:LambdaService.stop_version",
        invocation.stop_version,
        "e146981b06e0",
        "fails for a version whose creation failed",
        around=True,
    ),
    Patch(
        f"{LAMBDA}.urlrouter:FunctionUrlRouter.handle_lambda_url_invocation",
        serving.handle,
        "8eb97708dcf6",
        "lets everybody call; no cookies, no CORS, no streams",
    ),
    Patch(
        f"{PROVIDER}.invoke_with_response_stream",
        event_stream.invoke_with_response_stream,
        "6edaddc54a31",
        "is not there",
    ),
    Patch(
        "localstack.aws.protocol.serializer:ResponseSerializer._serialize_event_stream",
        event_stream.serialize,
        "6a367d91ac86",
        "writes events of the JSON protocol, and no headers",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.list_event_source_mappings",
        listing.list_event_source_mappings,
        "9adeea7d2908",
        "finds mappings of functions whose names contain the name",
    ),
    Patch(
        f"{LAMBDA}.invocation.lambda_models:S3Code.prepare_for_execution",
        code.prepare_for_execution,
        "e6504ba30d22",
        "`unzip`: other modes, and links that point anywhere",
    ),
    Patch(f"{POLLER}.__init__", asynchronous.init, "3c47d15e1b83", "ends the poller before it too late", around=True),
    Patch(f"{POLLER}.run", asynchronous.run, "5a5607c08c62", "keeps what it has received while it is stopped"),
    Patch(
        f"{POLLER}.process_dead_letter_queue",
        asynchronous.process_dead_letter_queue,
        "fd7f1da7879a",
        "a RequestID of its own",
    ),
    Patch(
        f"{LAMBDA}.invocation.event_manager:has_enough_time_for_retry",
        asynchronous.has_enough_time_for_retry,
        "ce7865b03f9f",
        "a minute takes a second here, in ages as in delays",
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
        polling.backoff,
        "30b5d3f8aa8f",
        "waits up to 10 s when a queue was empty",
    ),
)
