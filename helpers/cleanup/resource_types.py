"""The types of resources that a lab can make: how each is listed, named and deleted.

They are in the order of deletion: what makes other resources or calls functions goes first (a stack, then rules and
topics), functions go before their roles, and log groups when nothing writes to them any more. To teach a service
that is missing here, add a line, and a field of the same name to `helpers.cleanup.owns.Owns`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.backend import pages
from helpers.backend.function_names import function_name
from helpers.cleanup import deletion


@dataclass(frozen=True)
class ResourceType:
    """A type of resource: the boto3 service, the operation that lists it, and the key of the list in its response.

    `name`: the field that a lab knows the resource by, or a function of the resource. `delete`: called with a client
    and the resource as it was listed; deletes what belongs to it, too.
    """

    service: str
    operation: str
    key: str
    name: str | Callable[[Any], str]
    delete: Callable[[Any, Any], object]
    arguments: Mapping[str, object] = field(default_factory=dict)  # of the operation that lists

    def named(self, api: Any) -> Iterator[tuple[str, Any]]:
        """Give name and resource of all that exist; "" if one has no name, which nobody owns."""
        for resource in pages.collect(api, self.operation, self.key, **self.arguments):
            yield self.name(resource) if callable(self.name) else resource.get(self.name, ""), resource


def one_call(operation: str, parameter: str, value: str | None = None) -> Callable[[Any, Any], object]:
    """Return a `delete` that is one call: `operation` with the resource's field `value`, else `parameter`."""
    return lambda api, resource: getattr(api, operation)(**{parameter: resource[value or parameter]})


def _last(separator: str, key: str | None = None) -> Callable[[Any], str]:
    """Return a `name` that is the last part of an ARN or a URL: of the field `key`, or of the resource itself."""
    return lambda resource: str(resource[key] if key else resource).rpartition(separator)[2]


def _stack(stack: Mapping[str, str]) -> str:
    """Return the stack's name, none if it is deleted: LocalStack lists those, too."""
    return "" if stack["StackStatus"] == "DELETE_COMPLETE" else stack["StackName"]


RESOURCE_TYPES = {
    "stacks": ResourceType("cloudformation", "describe_stacks", "Stacks", _stack, deletion.stack),
    # Named by their functions, whatever the version or alias.
    "event_source_mappings": ResourceType(
        *("lambda", "list_event_source_mappings", "EventSourceMappings"),
        lambda mapping: function_name(mapping["FunctionArn"]),
        deletion.mapping,
    ),
    "rules": ResourceType("events", "list_rules", "Rules", "Name", deletion.rule),
    "schedules": ResourceType("scheduler", "list_schedules", "Schedules", "Name", deletion.schedule),
    # With its subscriptions.
    "topics": ResourceType(
        "sns", "list_topics", "Topics", _last(":", "TopicArn"), one_call("delete_topic", "TopicArn")
    ),
    "state_machines": ResourceType(
        "stepfunctions", "list_state_machines", "stateMachines", "name", deletion.state_machine
    ),
    "usage_plans": ResourceType("apigateway", "get_usage_plans", "items", "name", deletion.usage_plan),
    "api_keys": ResourceType("apigateway", "get_api_keys", "items", "name", one_call("delete_api_key", "apiKey", "id")),
    "rest_apis": ResourceType(
        "apigateway", "get_rest_apis", "items", "name", one_call("delete_rest_api", "restApiId", "id")
    ),
    # HTTP APIs and WebSocket APIs.
    "http_apis": ResourceType("apigatewayv2", "get_apis", "Items", "Name", one_call("delete_api", "ApiId")),
    "alarms": ResourceType(
        *("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
        lambda api, alarm: api.delete_alarms(AlarmNames=[alarm["AlarmName"]]),
    ),
    "dashboards": ResourceType(
        *("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
        lambda api, dashboard: api.delete_dashboards(DashboardNames=[dashboard["DashboardName"]]),
    ),
    # With their versions, aliases, URLs and settings for asynchronous invocation.
    "functions": ResourceType(
        "lambda", "list_functions", "Functions", "FunctionName", one_call("delete_function", "FunctionName")
    ),
    "layers": ResourceType("lambda", "list_layers", "Layers", "LayerName", deletion.layer),
    "code_signing_configs": ResourceType(  # have no names
        *("lambda", "list_code_signing_configs", "CodeSigningConfigs", "Description"),
        one_call("delete_code_signing_config", "CodeSigningConfigArn"),
    ),
    "users": ResourceType("iam", "list_users", "Users", "UserName", deletion.user),
    "groups": ResourceType("iam", "list_groups", "Groups", "GroupName", deletion.group),
    "roles": ResourceType("iam", "list_roles", "Roles", "RoleName", deletion.role),
    "policies": ResourceType("iam", "list_policies", "Policies", "PolicyName", deletion.policy, {"Scope": "Local"}),
    "log_groups": ResourceType(
        "logs", "describe_log_groups", "logGroups", "logGroupName", one_call("delete_log_group", "logGroupName")
    ),
    "buckets": ResourceType("s3", "list_buckets", "Buckets", "Name", deletion.bucket),
    "queues": ResourceType(
        "sqs", "list_queues", "QueueUrls", _last("/"), lambda api, url: api.delete_queue(QueueUrl=url)
    ),
    "tables": ResourceType(
        "dynamodb", "list_tables", "TableNames", str, lambda api, name: api.delete_table(TableName=name)
    ),
    "streams": ResourceType(  # with their consumers
        *("kinesis", "list_streams", "StreamNames", str),
        lambda api, name: api.delete_stream(StreamName=name, EnforceConsumerDeletion=True),
    ),
}
