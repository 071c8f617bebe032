"""AWS::Lambda::Permission, with every member of AddPermission: a permission that leaves out a condition admits more.

Template Reference (2026-11). LocalStack 4.9.2 passes on four properties: `SourceAccount`, `PrincipalOrgID`,
`FunctionUrlAuthType`, `EventSourceToken` and `InvokedViaFunctionUrl` (SAM's, since October 2025) were without effect.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

from localstack.services.cloudformation.provider_utils import generate_default_name, select_attributes
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest

from ..iam import function_urls

MEMBERS = ["FunctionName", "Action", "Principal", "SourceArn", "SourceAccount", "PrincipalOrgID", "FunctionUrlAuthType"]


def create(self: Any, request: ResourceRequest) -> ProgressEvent:
    """`LambdaPermissionProvider.create`."""
    model = request.desired_state
    client = request.aws_client_factory.lambda_
    given = select_attributes(model, [*MEMBERS, "EventSourceToken"])
    given["StatementId"] = generate_default_name(request.stack_name, request.logical_resource_id)
    # LocalStack's description of Lambda, and so its client, does not have the newest member.
    via_url = str(model.get("InvokedViaFunctionUrl", "")).lower() == "true"
    with function_urls.only_through_url() if via_url else nullcontext():
        answer = client.add_permission(**given)
    model["Id"] = json.loads(answer["Statement"])["Sid"]
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
