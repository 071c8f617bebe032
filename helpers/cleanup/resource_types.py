"""What a lab can make: one line for each kind of thing says how it is listed, named and deleted.

The order is that of deletion: what makes other things or calls functions goes first (a stack, then rules and
topics), functions go before their roles, and log groups when nothing writes to them any more. To teach a service
that is not here yet, add a line, and a field of the same name to `helpers.cleanup.owns.Owns`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from helpers.backend import pages
from helpers.backend.function_names import function_name
from helpers.cleanup import deletion


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the boto3 service, the operation that lists it and where its answer holds the list.

    `name`: the field that a lab knows the thing by, or a function of the thing. `delete`: called with a client
    and the thing as it was listed; deletes what belongs to it, too.
    """

    service: str
    operation: str
    key: str
    name: str | Callable[[object], str]
    delete: Callable[[object, object], object]
    arguments: Mapping[str, object] = field(default_factory=dict)  # of the operation that lists

    def found(self, api) -> Iterator[tuple[str, object]]:
        """Give each thing that there is, after its name: "" if it has none, and then nobody owns it."""
        for thing in pages.collect(api, self.operation, self.key, **self.arguments):
            yield self.name(thing) if callable(self.name) else thing.get(self.name, ""), thing


def by(operation: str, parameter: str, value: str | None = None) -> Callable[[object, object], object]:
    """Return a `delete` that is one call: `operation` with the thing's field `value`, else `parameter`."""
    return lambda api, thing: getattr(api, operation)(**{parameter: thing[value or parameter]})


def _last(separator: str, key: str | None = None) -> Callable[[object], str]:
    """Return a `name` that is the last part of an ARN or a URL: of the thing's field `key`, or of the thing itself."""
    return lambda thing: (thing[key] if key else thing).rpartition(separator)[2]


def _stack(stack) -> str:
    """Return the stack's name, none if it is deleted: LocalStack lists those, too."""
    return "" if stack["StackStatus"] == "DELETE_COMPLETE" else stack["StackName"]


KINDS = {
    "stacks": Kind("cloudformation", "describe_stacks", "Stacks", _stack, deletion.stack),
    # Named by their functions, whatever the version or alias.
    "event_source_mappings": Kind(
        *("lambda", "list_event_source_mappings", "EventSourceMappings"),
        lambda mapping: function_name(mapping["FunctionArn"]),
        deletion.mapping,
    ),
    "rules": Kind("events", "list_rules", "Rules", "Name", deletion.rule),
    "schedules": Kind("scheduler", "list_schedules", "Schedules", "Name", deletion.schedule),
    # With its subscriptions.
    "topics": Kind("sns", "list_topics", "Topics", _last(":", "TopicArn"), by("delete_topic", "TopicArn")),
    "state_machines": Kind("stepfunctions", "list_state_machines", "stateMachines", "name", deletion.state_machine),
    "usage_plans": Kind("apigateway", "get_usage_plans", "items", "name", deletion.usage_plan),
    "api_keys": Kind("apigateway", "get_api_keys", "items", "name", by("delete_api_key", "apiKey", "id")),
    "rest_apis": Kind("apigateway", "get_rest_apis", "items", "name", by("delete_rest_api", "restApiId", "id")),
    "alarms": Kind(
        *("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
        lambda api, alarm: api.delete_alarms(AlarmNames=[alarm["AlarmName"]]),
    ),
    "dashboards": Kind(
        *("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
        lambda api, dashboard: api.delete_dashboards(DashboardNames=[dashboard["DashboardName"]]),
    ),
    # With their versions, aliases, URLs and settings for asynchronous invocation.
    "functions": Kind("lambda", "list_functions", "Functions", "FunctionName", by("delete_function", "FunctionName")),
    "layers": Kind("lambda", "list_layers", "Layers", "LayerName", deletion.layer),
    "code_signing_configs": Kind(  # have no names
        *("lambda", "list_code_signing_configs", "CodeSigningConfigs", "Description"),
        by("delete_code_signing_config", "CodeSigningConfigArn"),
    ),
    "users": Kind("iam", "list_users", "Users", "UserName", deletion.user),
    "groups": Kind("iam", "list_groups", "Groups", "GroupName", deletion.group),
    "roles": Kind("iam", "list_roles", "Roles", "RoleName", deletion.role),
    "policies": Kind("iam", "list_policies", "Policies", "PolicyName", deletion.policy, {"Scope": "Local"}),
    "log_groups": Kind(
        "logs", "describe_log_groups", "logGroups", "logGroupName", by("delete_log_group", "logGroupName")
    ),
    "buckets": Kind("s3", "list_buckets", "Buckets", "Name", deletion.bucket),
    "queues": Kind("sqs", "list_queues", "QueueUrls", _last("/"), lambda api, url: api.delete_queue(QueueUrl=url)),
    "tables": Kind("dynamodb", "list_tables", "TableNames", str, lambda api, name: api.delete_table(TableName=name)),
}
