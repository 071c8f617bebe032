"""Rows for AWS Lambda: what LocalStack does again and again for all functions, or for each."""

from __future__ import annotations

from ..lambda_ import account_usage, assignment, event_managers, leases, provisioned_scaling
from ..patching import Patch

INVOCATION = "localstack.services.lambda_.invocation"
MANAGER = f"{INVOCATION}.event_manager:LambdaEventManager"
PROVIDER = "localstack.services.lambda_.provider:LambdaProvider"

ROWS = (
    Patch(
        f"{INVOCATION}.counting_service:CountingService.get_invocation_lease",
        leases.get_invocation_lease,
        "5b266f31c77e",
        "goes through all functions for each invocation",
    ),
    Patch(
        f"{INVOCATION}.assignment:AssignmentService.get_environment",
        assignment.get_environment,
        "7c36e9cac347",
        "tries each environment for each invocation",
    ),
    Patch(
        f"{INVOCATION}.assignment:AssignmentService.start_environment",
        assignment.start_environment,
        "7a181f9b0c89",
        "holds up whoever waits in the same thread",
        around=True,
    ),
    Patch(
        f"{INVOCATION}.version_manager:LambdaVersionManager.update_provisioned_concurrency_config",
        provisioned_scaling.update_provisioned_concurrency_config,
        "617999042a78",
        "is ready before its environments are, and ends what follows a deletion",
    ),
    Patch(
        f"{INVOCATION}.lambda_service:LambdaService.get_lambda_version_manager",
        provisioned_scaling.get_lambda_version_manager,
        "07eed6870e9f",
        "finds none for an alias, whose provisioned concurrency is deleted",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_account_settings",
        account_usage.get_account_settings,
        "ddba14d1eb25",
        "the same, for each request",
    ),
    *(
        Patch(f"{PROVIDER}.{name}", account_usage.changing, source, "changes what is counted", around=True)
        for name, source in (
            ("create_function", "f6984dfb0919"),
            ("update_function_code", "2dd7761f8998"),
            ("publish_version", "c555dd20991b"),
            ("delete_function", "102e5de4c018"),
            ("delete_alias", "d167f52bfefd"),
            ("publish_layer_version", "e7af394af218"),
            ("delete_layer_version", "7f02d6285917"),
            ("put_function_concurrency", "324e13c5e4e4"),
            ("delete_function_concurrency", "da6f91018517"),
            ("put_provisioned_concurrency_config", "7b2cd6e4cd94"),
            ("delete_provisioned_concurrency_config", "3ffbcd3e2cbd"),
        )
    ),
    Patch(
        f"{MANAGER}.enqueue_event",
        event_managers.enqueue_event,
        "ddb349ce07c1",
        "counts no events, and expects somebody to take them",
        around=True,
    ),
    Patch(f"{MANAGER}.start", event_managers.start, "eaae2bc33a50", "starts a thread for each version of a function"),
    Patch(f"{MANAGER}.stop_for_update", event_managers.stop_for_update, "9b1cca6f4583", "waits for it to end"),
    Patch(f"{MANAGER}.stop", event_managers.stop, "f50d24b6ea0a", "the same"),
)
