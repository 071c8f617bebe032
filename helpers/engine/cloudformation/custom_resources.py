"""Custom resources: `Custom::…` and `AWS::CloudFormation::CustomResource` call the function, or the topic, of their
ServiceToken, and wait for what it puts to the ResponseURL.

CloudFormation User Guide, "Create custom provisioning logic with custom resources" and the pages below it (2026-11).
The reasons: aws-samples/aws-cdk-examples#671 (2022),
aws-solutions-library-samples/guidance-for-baseline-security-assessment- on-aws#2 (2024). LocalStack 4.9.2 has none of
it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

from . import attributes, failures, resource_types, responses

LONGEST_SECONDS = 3600  # ServiceTimeout, and without one
NO_RESPONSE = (
    "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [{}]. "
    "If you are using the Python cfn-response module, you may need to update your Lambda function code so that "
    "CloudFormation can attach the updated version."
)


def load_provider(original: Callable[[str], Any], resource_type: str) -> Any:
    """Wrap `ResourceProviderExecutor.try_load_resource_provider`."""
    return CustomResources() if resource_types.is_custom(str(resource_type)) else original(resource_type)


class CustomResources(ResourceProvider):
    """A provider of custom resources.

    The model of one that was made: `ResourceProperties`, `PhysicalResourceId`, `Data`, and `RequestId` of the last
    response.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": "AWS::CloudFormation::CustomResource",
        "primaryIdentifier": ["/properties/PhysicalResourceId"],
        "readOnlyProperties": ["/properties/PhysicalResourceId"],
    }

    def create(self, request: ResourceRequest) -> ProgressEvent:
        """Ask for a new resource."""
        return self._ask(request, "Create", request.desired_state or {}, {})

    def update(self, request: ResourceRequest) -> ProgressEvent:
        """Ask for other properties. Another physical id in the response means another resource."""
        before = request.previous_state or {}
        properties = request.desired_state or {}
        if properties.get("ServiceToken") != before["ResourceProperties"].get("ServiceToken"):
            return _failed(before, "Modifying service token is not allowed.")
        return self._ask(request, "Update", properties, before)

    def delete(self, request: ResourceRequest) -> ProgressEvent:
        """Ask to delete a resource."""
        before = request.previous_state or {}
        return self._ask(request, "Delete", before["ResourceProperties"], before)

    def _ask(
        self, request: ResourceRequest, kind: str, properties: Mapping[str, Any], before: Mapping[str, Any]
    ) -> ProgressEvent:
        """Send a request, wait, and make an event of the response. `before`: the model, but for a new resource."""
        request_id, given = str(uuid.uuid4()), as_text(properties)
        token = str(properties.get("ServiceToken", ""))
        model = {"ResourceProperties": dict(properties), "RequestId": request_id}
        expected = responses.expect()
        message = {
            "RequestType": kind,
            "ServiceToken": token,
            "ResponseURL": expected.url,
            "StackId": request.stack_id,
            "RequestId": request_id,
            "LogicalResourceId": request.logical_resource_id,
            "ResourceType": request.resource_type,
            "ResourceProperties": given,
        }
        if before:
            message["PhysicalResourceId"] = before["PhysicalResourceId"]
            model["PhysicalResourceId"] = before["PhysicalResourceId"]
        if kind == "Update":
            message["OldResourceProperties"] = as_text(before["ResourceProperties"])
        try:
            send(request, token, message)
            seconds = min(float(properties.get("ServiceTimeout") or LONGEST_SECONDS), LONGEST_SECONDS)
            if not expected.arrived.wait(seconds):
                return _failed(_unanswered(model), NO_RESPONSE.format(request_id))
            answer = responses.read(expected.body)
        except Exception as error:
            return _failed(before and model, failures.message(error))
        finally:
            responses.forget(expected)
        physical_id = answer.get("PhysicalResourceId")
        if kind != "Delete" and physical_id:
            model["PhysicalResourceId"] = str(physical_id)
        model["Data"] = answer.get("Data") or {}
        if answer["Status"] == "FAILED":
            said = f"{answer.get('Reason') or 'No reason given'} (RequestId: {request_id})"
            return _failed(
                _unanswered(model),
                f"Received response status [FAILED] from custom resource. Message returned: {said}",
            )
        if not model.get("PhysicalResourceId"):
            return _failed({}, "Invalid PhysicalResourceId")
        return ProgressEvent(OperationStatus.SUCCESS, resource_model={} if kind == "Delete" else model)


def send(request: ResourceRequest, token: str, message: Mapping[str, Any]) -> None:
    """Hand a request to the function or the topic `token`. Raises: what that answers, ValueError for another token."""
    metadata, text = {"service_principal": "cloudformation", "source_arn": request.stack_id}, json.dumps(message)
    if ":lambda:" in token:
        function = request.aws_client_factory.lambda_.request_metadata(**metadata)
        function.invoke(FunctionName=token, InvocationType="Event", Payload=text)
    elif ":sns:" in token:
        topic = request.aws_client_factory.sns.request_metadata(**metadata)
        topic.publish(TopicArn=token, Subject="AWS CloudFormation custom resource request", Message=text)
    else:
        raise ValueError("Invalid service token.")


def as_text(value: Any) -> Any:
    """Return properties as functions see them: whatever is no list and no object is text."""
    if isinstance(value, Mapping):
        return {name: as_text(one) for name, one in value.items()}
    return [as_text(one) for one in value] if isinstance(value, list) else attributes.text(value)


def _unanswered(model: dict[str, Any]) -> dict[str, Any]:
    """A new resource without a physical id is given one, by which it is deleted in the rollback."""
    return {"PhysicalResourceId": f"{model['RequestId']}", **model}


def _failed(model: Mapping[str, Any], reason: str) -> ProgressEvent:
    return ProgressEvent(OperationStatus.FAILED, resource_model=dict(model), message=reason)
