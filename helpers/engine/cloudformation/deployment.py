"""One deployment of a change set: LocalStack's engine, which here waits, fails and imports as CloudFormation does.

LocalStack 4.9.2 emits a status of the stack for each resource that fails, deletes what the failed template no longer
has, looks every 5 s whether a resource is ready, answers `unknown` for what a resource has not, and takes an update
that a resource type does not know for done.
"""

from __future__ import annotations

import copy
import time
from typing import Any

from localstack.aws.api.cloudformation import ChangeAction, ResourceStatus
from localstack.services.cloudformation.deployment_utils import check_not_found_exception
from localstack.services.cloudformation.engine.v2.change_set_model import NodeIntrinsicFunction, is_nothing
from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    EventOperationFromAction,
)
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocProperties, PreprocResource
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProviderExecutor,
    convert_payload,
)
from localstack.services.cloudformation.stores import exports_map
from localstack.services.cloudformation.v2.entities import ChangeSet

from . import existing, failures, left_out, properties, resource_types, updates

LOOK_EVERY_SECONDS = 0.1
METHODS = {"Add": "create", "Modify": "update", "Dynamic": "update", "Remove": "delete"}


class Handlers(ResourceProviderExecutor):
    """Calls the providers of resource types. `untouched`: logical ids of resources that no provider could change."""

    def __init__(self, *, stack_name: str, stack_id: str) -> None:
        super().__init__(stack_name=stack_name, stack_id=stack_id)
        self.untouched: set[str] = set()

    def deploy_loop(self, resource_provider: Any, resource: Any, raw_payload: Any, *_: Any) -> ProgressEvent:
        """Create, update or delete a resource, and look often whether that is done."""
        return super().deploy_loop(resource_provider, resource, raw_payload, sleep_time=LOOK_EVERY_SECONDS)

    def execute_action(self, resource_provider: Any, raw_payload: Any) -> ProgressEvent:
        """Call the provider once. What it raises is the event's reason, in words of CloudFormation's."""
        action, kind = raw_payload["action"], raw_payload["resourceType"]
        method = METHODS[action]
        request = convert_payload(self.stack_name, self.stack_id, raw_payload)
        given = request.desired_state or {}
        if action != "Remove" and not request.custom_context and not resource_types.is_custom(kind):
            wrong = properties.problem(kind, request.logical_resource_id, resource_provider.SCHEMA, given)
            if action == "Add":
                wrong = wrong or existing.problem(kind, request)
            if wrong:
                self.untouched.add(request.logical_resource_id)
                return ProgressEvent(OperationStatus.FAILED, resource_model={}, message=wrong)
        try:
            if method == "update":
                event = updates.update(resource_provider, kind, request)
                if event.status == OperationStatus.SUCCESS:
                    left_out.settle(kind, request, request.previous_state)
                return event
            if method == "delete":
                left_out.clear(kind, request)
            event = getattr(resource_provider, method)(request)
            if method == "create" and event.status == OperationStatus.SUCCESS:
                updates.finish(resource_provider, kind, request)
                left_out.settle(kind, request)
            return event
        except NotImplementedError:
            self.untouched.add(request.logical_resource_id)
            reason = f"This engine cannot {method} a resource of type {kind}; another logical id makes another."
        except Exception as error:
            if action == "Remove" and check_not_found_exception(error, kind, request.desired_state):
                return ProgressEvent(OperationStatus.SUCCESS, resource_model={})
            reason = failures.message(error, kind)
        # What a provider has learnt of a resource, beside what it was told, says that there is one.
        learnt = {path.split("/")[2] for path in resource_provider.SCHEMA.get("readOnlyProperties", [])}
        model = request.desired_state or {}
        return ProgressEvent(
            OperationStatus.FAILED, resource_model=model if learnt & set(model) else {}, message=reason
        )


def plain(properties: Any) -> dict[str, Any]:
    """The properties of a resource as a dictionary; it may have none."""
    return {} if properties is None or is_nothing(properties) else dict(properties.properties)


class Deployment(ChangeSetModelExecutor):
    """Makes the resources of a change set.

    `failed`: the logical ids of resources that failed; `properties_before`: of those that were changed, as the template
    had them; `imports`: the names of exports that were used. `deadline` is a `time.monotonic`.
    """

    def __init__(self, change_set: ChangeSet, deadline: float | None = None) -> None:
        super().__init__(change_set=change_set)
        stack = change_set.stack
        self.resource_provider_executor = Handlers(stack_name=stack.stack_name, stack_id=stack.stack_id)
        self.failed: list[str] = []
        self.properties_before: dict[str, PreprocProperties] = {}
        self.imports: set[str] = set()
        self.deadline = deadline

    @property
    def replaced(self) -> set[str]:
        """The logical ids of resources whose old one is to be deleted, or that are of another type now."""
        kinds = ("cleanup-from-replacement-", "type-migration-")
        return {one.name.removeprefix(kind) for one in self._deferred_actions for kind in kinds if kind in one.name}

    def _execute_resource_change(self, name: str, before: PreprocResource, after: PreprocResource) -> None:
        if self.deadline and time.monotonic() > self.deadline:
            raise TimeoutError("Stack creation time exceeded the specified timeout.")
        if not is_nothing(before):
            self.properties_before[name] = PreprocProperties(plain(before.properties))
            if not is_nothing(after) and after.requires_replacement:
                after.requires_replacement = self._is_another(before, after)
        super()._execute_resource_change(name=name, before=before, after=after)

    def _is_another(self, before: PreprocResource, after: PreprocResource) -> bool:
        """Whether a property that only a new resource can have is another, now that references are known."""
        provider = self.resource_provider_executor.try_load_resource_provider(after.resource_type)
        names = {path.split("/")[2] for path in provider.SCHEMA.get("createOnlyProperties", [])} if provider else ()
        old, new = plain(before.properties), plain(after.properties)
        return any(old.get(name) != new.get(name) for name in names)

    def _process_event(
        self,
        *,
        action: ChangeAction,
        logical_resource_id: str,
        event_status: OperationStatus,
        resource_type: str,
        special_action: str | None = None,
        reason: str | None = None,
    ) -> None:
        ending = "COMPLETE" if event_status == OperationStatus.SUCCESS else event_status.name
        if event_status == OperationStatus.FAILED:
            self.failed.append(logical_resource_id)
        verb = special_action or EventOperationFromAction[action.value]
        about = {
            "logical_resource_id": logical_resource_id,
            "physical_resource_id": self._get_physical_id(logical_resource_id, False) or "",
            "resource_type": resource_type,
        }
        stack = self._change_set.stack
        if (verb, ending) == ("CREATE", "COMPLETE"):  # as soon as it has a physical id
            stack.set_resource_status(
                **about,
                status=ResourceStatus.CREATE_IN_PROGRESS,
                resource_status_reason="Resource creation Initiated",
            )
        stack.set_resource_status(**about, status=ResourceStatus(f"{verb}_{ending}"), resource_status_reason=reason)

    def _execute_resource_action(
        self,
        action: ChangeAction,
        logical_resource_id: str,
        resource_type: str,
        before_properties: PreprocProperties | None,
        after_properties: PreprocProperties | None,
        part_of_replacement: bool = False,
    ) -> ProgressEvent:
        """Do it, and note what the template has `Given`: providers add to the properties, and change them."""
        given = copy.deepcopy(after_properties.properties) if after_properties else {}
        event = super()._execute_resource_action(
            action, logical_resource_id, resource_type, before_properties, after_properties, part_of_replacement
        )
        if after_properties and logical_resource_id in self.resources:
            self.resources[logical_resource_id]["Given"] = given
        return event

    def act(self, action: ChangeAction, name: str, kind: str, before: Any, after: Any) -> ProgressEvent:
        """Do one thing to one resource, without an event; `before` and `after` are its properties."""
        return self._execute_resource_action(
            action=action,
            logical_resource_id=name,
            resource_type=kind,
            before_properties=None if before is None else PreprocProperties(before),
            after_properties=None if after is None else PreprocProperties(after),
            part_of_replacement=action == ChangeAction.Remove,
        )

    def visit_node_intrinsic_function_fn_import_value(self, node_intrinsic_function: NodeIntrinsicFunction) -> Any:
        """Import a value, or fail: LocalStack goes on without."""
        delta = super().visit_node_intrinsic_function_fn_import_value(node_intrinsic_function)
        name = self.visit(node_intrinsic_function.arguments).after
        if isinstance(name, str):
            stack = self._change_set.stack
            if name not in exports_map(account_id=stack.account_id, region_name=stack.region_name):
                raise LookupError(f"No export named {name} found.")
            self.imports.add(name)
        return delta
