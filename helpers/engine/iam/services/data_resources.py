"""What requests to the services that keep data act on (see `resources`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from localstack.aws.api import RequestContext

from ..targets import Target

_PARTIQL_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)"?', re.IGNORECASE)
_ACCOUNT = re.compile(r"\d{12}")


def s3(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """Buckets and objects; `PutObject` of a copy reads its source, too."""
    bucket = request.get("Bucket")
    if not bucket:
        return [Target(action, "*", context.account_id)]
    owner = bucket_owner(bucket) or context.account_id
    arn = f"arn:aws:s3:::{bucket}"
    if context.operation.name == "DeleteObjects":
        keys = [entry["Key"] for entry in request["Delete"]["Objects"]]
        return [Target(action, f"{arn}/{key}", owner) for key in keys]
    key = request.get("Key")
    found = [Target(action, f"{arn}/{key}" if key else arn, owner)]
    if source := request.get("CopySource"):
        found.append(copy_source(source, context.account_id))
    return found


def copy_source(source: str, account: str) -> Target:
    """`bucket/key?versionId=...`, as the header says it."""
    path, _, version = source.partition("?versionId=")
    bucket, _, key = unquote(path).lstrip("/").partition("/")
    action = "s3:GetObjectVersion" if version else "s3:GetObject"
    return Target(action, f"arn:aws:s3:::{bucket}/{key}", bucket_owner(bucket) or account)


def bucket_owner(bucket: str) -> str | None:
    """The account of a bucket; None if there is no such bucket."""
    from localstack.services.s3.models import s3_stores

    return s3_stores["000000000000"]["us-east-1"].global_bucket_map.get(bucket)


def sqs(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """A queue, by URL, name or ARN; `ListQueues` asks for all of them."""
    account = context.account_id
    if arn := request.get("SourceArn"):
        return [Target(action, arn, arn.split(":")[4])]
    name = request.get("QueueName", "")
    if url := request.get("QueueUrl"):
        parts = urlsplit(url).path.strip("/").split("/")
        name = parts[-1]
        account = next((part for part in parts[:-1] if _ACCOUNT.fullmatch(part)), account)
    owner = request.get("QueueOwnerAWSAccountId") or account
    return [Target(action, f"arn:aws:sqs:{context.region}:{owner}:{name}", owner)]


def sns(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """A topic; a phone number is shown as it is."""
    prefix = f"arn:aws:sns:{context.region}:{context.account_id}:"
    if phone := request.get("PhoneNumber"):
        return [Target(action, "*", context.account_id, shown=phone)]
    arn = next((request[key] for key in ("TopicArn", "TargetArn", "ResourceArn") if request.get(key)), None)
    if arn is None and (subscription := request.get("SubscriptionArn")):
        arn = subscription.rpartition(":")[0]
    arn = arn or prefix + (request.get("Name") or "*")
    return [Target(action, arn, arn.split(":")[4])]


def dynamodb(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """Tables, their indexes and their streams."""
    account = context.account_id
    prefix = f"arn:aws:dynamodb:{context.region}:{account}:table/"

    def table(name: str) -> str:
        return name if name.startswith("arn:") else prefix + name

    if name := request.get("TableName"):
        index = request.get("IndexName")
        if context.service.service_name == "dynamodbstreams":
            return [Target(action, f"{table(name)}/stream/*", account)]
        arns = [f"{table(name)}/index/{index}" if index else table(name)]
    elif items := request.get("RequestItems"):
        arns = [table(name) for name in items]
    elif items := request.get("TransactItems"):
        arns = list(dict.fromkeys(table(inner["TableName"]) for item in items for inner in item.values()))
    elif statement := request.get("Statement"):
        found = _PARTIQL_TABLE.search(statement)
        arns = [table(found[1] if found else "*")]
    elif iterator := request.get("ShardIterator"):
        arns = [iterator.partition("|")[0]]
    elif arn := request.get("StreamArn") or request.get("ResourceArn") or request.get("TableArn"):
        arns = [arn]
    elif action == "dynamodb:ListStreams":
        arns = [f"{prefix}*/stream/*"]
    else:
        arns = [f"{prefix}*"] if action == "dynamodb:ListTables" else ["*"]
    return [Target(action, arn, arn.split(":")[4] if arn.startswith("arn:") else account) for arn in arns]


def logs(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """Log groups and streams, all in the form `log-group:GROUP:log-stream:STREAM`.

    That is why the ARN of a group must end with `:*` in a policy.
    """
    account = context.account_id
    prefix = f"arn:aws:logs:{context.region}:{account}:log-group:"
    if arn := request.get("resourceArn"):
        return [Target(action, arn, account)]
    identifiers = request.get("logGroupNames") or request.get("logGroupIdentifiers") or ()
    groups = [name.removeprefix(prefix).removesuffix(":*") for name in identifiers]
    if not groups:
        name = request.get("logGroupName") or request.get("logGroupIdentifier") or ""
        groups = [name.removeprefix(prefix).removesuffix(":*")]
    stream = request.get("logStreamName") or ""
    return [Target(action, f"{prefix}{group}:log-stream:{stream}", account) for group in groups]


def ssm(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """Parameters."""
    account = context.account_id
    prefix = f"arn:aws:ssm:{context.region}:{account}:"
    names = request.get("Names") or [request[key] for key in ("Name", "Path") if request.get(key)]
    if not names:
        return [Target(action, f"{prefix}*" if "Parameters" in action else "*", account)]
    if "Parameter" not in action and "Label" not in action:
        return [Target(action, "*", account)]
    arns = [name if name.startswith("arn:") else f"{prefix}parameter/{name.strip('/')}" for name in names]
    return [Target(action, arn, account) for arn in arns]


def secretsmanager(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """A secret, which messages call as the caller did."""
    account = context.account_id
    prefix = f"arn:aws:secretsmanager:{context.region}:{account}:secret:"
    name = request.get("SecretId") or request.get("Name")
    if not name:
        return [Target(action, "*", account)]
    if name.startswith("arn:"):
        return [Target(action, name, name.split(":")[4])]
    secret = find_secret(account, context.region, name)
    return [Target(action, secret.arn if secret else f"{prefix}{name}-??????", account, shown=name)]


def find_secret(account: str, region: str, name: str) -> Any | None:
    """moto's secret of this name or ARN."""
    from moto.secretsmanager import secretsmanager_backends

    for secret in list(secretsmanager_backends[account][region].secrets.values()):
        if name in (secret.name, secret.arn):
            return secret
    return None


def kms(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """A key; an alias stands for its key."""
    account = context.account_id
    prefix = f"arn:aws:kms:{context.region}:{account}:"
    name = request.get("KeyId") or request.get("TargetKeyId")
    if not name:
        return [Target(action, "*", account)]
    name = (
        name.partition(":key/")[2] or (name.partition(":alias/")[2] and f"alias/{name.partition(':alias/')[2]}") or name
    )
    if name.startswith("alias/"):
        from localstack.services.kms.models import kms_stores

        alias = kms_stores[account][context.region].aliases.get(name)
        name = alias.metadata["TargetKeyId"] if alias else name
        if name.startswith("alias/"):
            return [Target(action, prefix + name, account)]
    return [Target(action, f"{prefix}key/{name}", account)]
