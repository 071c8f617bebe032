"""What has a lab's tag, as (type of resource, key): of the Resource Groups Tagging API, and of IAM.

"The GetResources operation does not currently support IAM users and roles" (Resource Groups Tagging API Reference,
"Services that support the Resource Groups Tagging API", 2026-11), and policies are of no region: IAM is asked itself.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from helpers.backend import pages
from helpers.backend.tagging import TAG

# type -> what its ARN is after "arn:aws:", with the key in a group, and the field of the listed resource that is this
# key (None: the resource itself). Service Authorization Reference, each service's "Resource types", 2026-11.
ARNS = {
    "stacks": ("cloudformation:.*:stack/([^/]+)/.*", "StackName"),
    "event_source_mappings": ("lambda:.*:event-source-mapping:(.+)", "UUID"),
    "rules": ("events:.*:rule/(?:default/)?([^/]+)", "Name"),
    "topics": ("(sns:.+)", "TopicArn"),
    "state_machines": ("states:.*:stateMachine:(.+)", "name"),
    "usage_plans": ("apigateway:.*/usageplans/([^/]+)", "id"),
    "api_keys": ("apigateway:.*/apikeys/([^/]+)", "id"),
    "rest_apis": ("apigateway:.*/restapis/([^/]+)", "id"),
    "http_apis": ("apigateway:.*/apis/([^/]+)", "ApiId"),
    "alarms": ("cloudwatch:.*:alarm:(.+)", "AlarmName"),
    "functions": ("lambda:.*:function:([^:]+)", "FunctionName"),
    "code_signing_configs": ("(lambda:.*:code-signing-config:.+)", "CodeSigningConfigArn"),
    "log_groups": (r"logs:.*:log-group:([^:]+)(?::\*)?", "logGroupName"),
    "buckets": ("s3:::([^/]+)", "Name"),
    "queues": ("sqs:[^:]*:[^:]*:(.+)", None),
    "tables": ("dynamodb:[^:]*:[^:]*:table/([^/]+)", None),
    "streams": ("kinesis:[^:]*:[^:]*:stream/([^/]+)", None),
}
# What goes with the API or the stream that it is part of.
PARTS = re.compile(r"apigateway:.*/(?:restapis|apis)/[^/]+/stages/.+|kinesis:.*:stream/[^/]+/consumer/.+")
# type -> the operation that lists the tags of one, its parameter, and the field that has its value.
OF_IAM = {
    "roles": ("list_role_tags", "RoleName", "RoleName"),
    "users": ("list_user_tags", "UserName", "UserName"),
    "policies": ("list_policy_tags", "PolicyArn", "Arn"),
}
# They have no tags of ours, or are made by AWS, as a function's log group is: these are known by their names.
BY_NAME = {"layers", "schedules", "groups", "dashboards", "log_groups"}


def arns(client: Callable[[str], Any], labs: list[str]) -> dict[str, str]:
    """Return {ARN: lab} of what is tagged with one of these labs in the session's region.

    Raises: botocore's ClientError if AWS refuses. What was deleted some minutes ago may still be among them.
    """
    api = client("resourcegroupstaggingapi")
    found = pages.collect(
        api, "get_resources", "ResourceTagMappingList", TagFilters=[{"Key": TAG, "Values": sorted(labs)}]
    )
    return {one["ResourceARN"]: _value(one["Tags"]) for one in found}


def keyed(found: Mapping[str, str]) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Return {(type, key): lab} of these ARNs, and the ARNs of what labs do not make."""
    keys, unknown = {}, []
    for arn, lab in found.items():
        rest = re.sub("^arn:[^:]+:", "", arn)
        if PARTS.fullmatch(rest):
            continue
        for kind, (pattern, _) in ARNS.items():
            if match := re.fullmatch(pattern, rest):
                keys[kind, match[1]] = lab
                break
        else:
            unknown.append(arn)
    return keys, unknown


def key(kind: str, name: str, resource: Any) -> str:
    """Return the key of a resource as it is listed: "" if its type has no ARN here."""
    if kind not in ARNS:
        return ""
    field = ARNS[kind][1]
    return re.sub("^arn:[^:]+:", "", str(resource[field])) if field else name


def lab_in_iam(api: Any, kind: str, resource: Any) -> str | None:
    """Return the lab with which an IAM resource is tagged, None if with none."""
    operation, parameter, field = OF_IAM[kind]
    return _value(pages.collect(api, operation, "Tags", **{parameter: resource[field]})) or None


def _value(tags: list[dict[str, str]]) -> str:
    return next((tag["Value"] for tag in tags if tag["Key"] == TAG), "")
