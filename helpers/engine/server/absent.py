"""The list of what would be accepted without effect, or needs a download: operations, and members of their requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True)
class Absent:
    """Operations, or a member of their requests, that this engine has not.

    `member` is a path into the request, as in "SnapStart.ApplyOn" or, for a patch operation that sets a value,
    "patchOperations./*/caching/enabled"; an empty value there, or one in `accepted`, is as if it were left
    out. With `values`, a regular expression, only what matches it is absent. `why` completes "… is not part of this
    engine: ".
    """

    service: str
    operations: str
    why: str
    member: str = ""
    accepted: tuple[object, ...] = ()
    values: str = ""

    def asked_for(self, request: Mapping[str, Any]) -> bool:
        """Whether a request of one of its operations asks for it."""
        return not self.member or any(map(self._is_absent, _values(request, self.member.split("."))))

    def _is_absent(self, value: object) -> bool:
        return bool(re.match(self.values, str(value))) if self.values else value not in self.accepted


_DOWNLOAD = "it needs a program that would be downloaded, and nothing is downloaded at run time"
_CONTAINERS = "functions run from zip archives, without containers"
_SOURCES = "event sources are queues and streams: no Kafka, Amazon MQ or DocumentDB"
_DELIVERY = "a delivery stream takes what is put and writes it to a bucket, as it is"
_NETWORKS = "there are no private networks"
_INTEGRATION = "CreateIntegration UpdateIntegration"
_NO_CACHE = "there is no cache"
_OWN_NAMES = "an API has this engine's addresses and no domain name of its own"
_NO_CERTIFICATES = "integrations get no client certificate"
_ROUTE = "CreateRoute UpdateRoute"
_TAGGING = "GetResources GetTagKeys GetTagValues TagResources UntagResources"
_STACK_SETS = "CreateStackSet UpdateStackSet CreateStackInstances UpdateStackInstances"
_CONFIGURATION = "CreateFunction UpdateFunctionConfiguration"
_CHECKPOINT = "CheckpointDurableExecution"
_MAPPING = "CreateEventSourceMapping UpdateEventSourceMapping"

_SUBSCRIPTIONS = "functions and streams of the same account subscribe"
_KEPT = "log events are kept as they came"
_ALARM, _FILTER = "PutMetricAlarm PutCompositeAlarm", "PutSubscriptionFilter PutMetricFilter"
_TOPICS = "messages go to queues, functions, delivery streams and HTTP endpoints"
_SYSTEM_FIELDS = ("applyOnTransformedLogs", "fieldSelectionCriteria", "emitSystemFields", "emitSystemFieldDimensions")
_ACTION = "alarms act on SNS topics and functions"

ABSENT = (
    Absent("cloudformation", _STACK_SETS, "a stack is made in each account and region by itself"),
    Absent("cloudformation", "RegisterType", "resource types are those that are here, and custom resources"),
    *(
        Absent("cloudwatch", _ALARM, _ACTION, f"{state}Actions", values="arn:[^:]*:(?!sns:|lambda:)")
        for state in ("Alarm", "OK", "InsufficientData")
    ),
    Absent("cloudwatch", "PutCompositeAlarm", "alarms are not suppressed", "ActionsSuppressor"),
    Absent("cloudwatch", "PutAnomalyDetector PutInsightRule PutManagedInsightRules", "nothing learns from metrics"),
    Absent("cloudwatch", "PutMetricStream", "metrics stay here"),
    Absent("logs", "PutSubscriptionFilter", _SUBSCRIPTIONS, "destinationArn", values="arn:[^:]*:logs:"),
    Absent("logs", "PutDestination PutDestinationPolicy", _SUBSCRIPTIONS),
    *(Absent("logs", _FILTER, _KEPT, member) for member in _SYSTEM_FIELDS),
    Absent("logs", "PutDataProtectionPolicy PutAccountPolicy PutTransformer PutIndexPolicy", _KEPT),
    Absent("logs", "CreateExportTask", "read log events with FilterLogEvents, or subscribe to them"),
    Absent("logs", "PutDeliverySource PutDeliveryDestination CreateDelivery", "services deliver their logs themselves"),
    Absent("logs", "CreateLogAnomalyDetector PutIntegration StartLiveTail", "there are queries, filters and metrics"),
    Absent("logs", "CreateLogGroup", "log events are kept unencrypted", "kmsKeyId"),
    Absent("logs", "CreateLogGroup", "there is the class STANDARD", "logGroupClass", ("STANDARD",)),
    Absent("events", "CreateEventBus UpdateEventBus", "targets have dead-letter queues", "DeadLetterConfig.Arn"),
    Absent("events", "CreateEventBus UpdateEventBus", "buses write no logs", "LogConfig.Level", ("OFF",)),
    Absent("ssm", "SendCommand", "there are no machines that commands could be sent to"),
    Absent("sts", "GetSessionToken GetFederationToken", "AssumeRole gives temporary credentials"),
    Absent("sns", "Publish", _TOPICS, "PhoneNumber", values=r"\+[1-9]\d{1,14}$"),
    Absent("sns", "CreateTopic", "topics keep no messages", "Attributes.ArchivePolicy"),
    Absent(
        "sns",
        "SetTopicAttributes SetSubscriptionAttributes",
        "topics keep no messages",
        "AttributeName",
        values="(ArchivePolicy|ReplayPolicy)$",
    ),
    *(
        Absent("s3", operation, "buckets keep objects, versions, policies and tags, and send events")
        for operation in (
            "PutBucketAccelerateConfiguration PutBucketAnalyticsConfiguration PutBucketInventoryConfiguration",
            "PutBucketIntelligentTieringConfiguration PutBucketMetricsConfiguration PutBucketReplication",
        )
    ),
    Absent("s3", "PutBucketLogging", "requests are not logged", "BucketLoggingStatus.LoggingEnabled"),
    Absent("opensearch", "CreateDomain", _DOWNLOAD),
    Absent("resourcegroupstaggingapi", _TAGGING, "tags are read and set by the service that has the resource"),
    Absent("resource-groups", "CreateGroup", "there is no list of all services' resources"),
    Absent("es", "CreateElasticsearchDomain", _DOWNLOAD),
    Absent("transcribe", "StartTranscriptionJob", _DOWNLOAD),
    Absent("lambda", "CreateFunction", _CONTAINERS, "PackageType", ("Zip",)),
    Absent("lambda", "CreateFunction", _CONTAINERS, "Code.ImageUri"),
    Absent("lambda", "UpdateFunctionCode", _CONTAINERS, "ImageUri"),
    Absent("lambda", _CONFIGURATION, _CONTAINERS, "ImageConfig"),
    Absent("lambda", _CONFIGURATION, "there are no file systems beside /tmp", "FileSystemConfigs"),
    Absent("lambda", _CONFIGURATION, "functions use the network of this machine", "VpcConfig.SubnetIds"),
    Absent("lambda", _CONFIGURATION, "functions use the network of this machine", "VpcConfig.SecurityGroupIds"),
    Absent("lambda", _CONFIGURATION, "functions use the network of this machine", "VpcConfig.Ipv6AllowedForDualStack"),
    Absent(
        "lambda",
        _CONFIGURATION,
        "environments begin with INIT, not with a snapshot",
        "SnapStart.ApplyOn",
        values="PublishedVersions$",
    ),
    Absent("lambda", _CONFIGURATION, "environment variables are kept unencrypted", "KMSKeyArn"),
    Absent("lambda", _CONFIGURATION, "executions are kept unencrypted", "DurableConfig.KMSKeyArn"),
    Absent("lambda", _CHECKPOINT, "functions have no tenants", "Updates.ChainedInvokeOptions.TenantId"),
    Absent("lambda", _CHECKPOINT, "an execution has no trace", "Updates.ChainedInvokeOptions.XAmznTraceId"),
    Absent("lambda", _MAPPING, "filters are kept unencrypted", "KMSKeyArn"),
    Absent("lambda", "CreateFunction", "packages are kept unencrypted", "Code.SourceKMSKeyArn"),
    Absent("lambda", "UpdateFunctionCode", "packages are kept unencrypted", "SourceKMSKeyArn"),
    Absent("lambda", "ListFunctions", "there is no Lambda@Edge", "MasterRegion", ("ALL",)),
    *(
        Absent("lambda", _MAPPING, _SOURCES, member)
        for member in (
            "SelfManagedEventSource",
            "SelfManagedKafkaEventSourceConfig",
            "AmazonManagedKafkaEventSourceConfig",
            "DocumentDBEventSourceConfig",
            "SourceAccessConfigurations",
            "Topics",
            "Queues",
        )
    ),
    Absent("lambda", _MAPPING, _SOURCES, "EventSourceArn", values="arn:[^:]*:(kafka|mq|rds|docdb[a-z-]*):"),
    *(
        Absent("apigatewayv2", operations, _OWN_NAMES)
        for operations in (
            "CreateDomainName GetDomainName UpdateDomainName DeleteDomainName",
            "CreateApiMapping GetApiMapping GetApiMappings UpdateApiMapping DeleteApiMapping",
            "CreateRoutingRule PutRoutingRule GetRoutingRule ListRoutingRules DeleteRoutingRule",
        )
    ),
    Absent("apigatewayv2", "CreateVpcLink GetVpcLink UpdateVpcLink DeleteVpcLink", _NETWORKS),
    Absent("apigatewayv2", _INTEGRATION, _NETWORKS, "ConnectionType", ("INTERNET",)),
    Absent("apigatewayv2", _INTEGRATION, _NETWORKS, "TlsConfig.ServerNameToVerify"),
    Absent("apigatewayv2", _INTEGRATION, "integrations call functions and HTTP servers", "IntegrationSubtype"),
    Absent("apigatewayv2", _ROUTE, "what routes are sent is not validated", "RequestModels"),
    Absent("apigatewayv2", _ROUTE, "what routes are sent is not validated", "RequestParameters"),
    Absent("apigatewayv2", _ROUTE, "what routes are sent is not validated", "ModelSelectionExpression"),
    Absent("apigatewayv2", "GetModelTemplate", "nothing is made of models"),
    Absent("apigatewayv2", "CreateStage UpdateStage", _NO_CERTIFICATES, "ClientCertificateId"),
    Absent("apigatewayv2", "ExportApi", "an API is exported as it is, not as a stage serves it", "StageName"),
    Absent("apigatewayv2", "ImportApi ReimportApi", "paths are taken as they are", "Basepath", ("ignore",)),
    Absent("apigateway", "CreateStage CreateDeployment", _NO_CACHE, "cacheClusterEnabled"),
    Absent("apigateway", "UpdateStage", _NO_CACHE, "patchOperations./cacheClusterEnabled", ("false",)),
    Absent("apigateway", "UpdateStage", _NO_CACHE, "patchOperations./*/caching/enabled", ("false",)),
    Absent("apigateway", "UpdateStage", _NO_CERTIFICATES, "patchOperations./clientCertificateId"),
    *(
        Absent("apigateway", operations, _OWN_NAMES)
        for operations in (
            "CreateDomainName GetDomainName UpdateDomainName DeleteDomainName",
            "CreateBasePathMapping GetBasePathMapping GetBasePathMappings UpdateBasePathMapping DeleteBasePathMapping",
        )
    ),
    Absent("apigateway", "CreateVpcLink GetVpcLink UpdateVpcLink DeleteVpcLink", _NETWORKS),
    Absent("apigateway", "PutIntegration", _NETWORKS, "connectionType", ("INTERNET",)),
    Absent("apigateway", "UpdateIntegration", _NETWORKS, "patchOperations./connectionType", ("INTERNET",)),
    Absent(
        "apigateway",
        "GenerateClientCertificate GetClientCertificate UpdateClientCertificate DeleteClientCertificate",
        _NO_CERTIFICATES,
    ),
    Absent("lambda", _MAPPING, "each mapping has one poller", "ProvisionedPollerConfig"),
    Absent("lambda", _MAPPING, "mappings publish no metrics of their own", "MetricsConfig.Metrics"),
    Absent(
        "lambda",
        _MAPPING,
        "records that were given up go to queues, topics and buckets",
        "DestinationConfig.OnFailure.Destination",
        values="(?!arn:[^:]*:(sqs|sns|s3):)",
    ),
    Absent("dynamodb", "BatchExecuteStatement ExecuteTransaction", "ExecuteStatement executes one statement"),
    Absent("firehose", "CreateDeliveryStream", _DELIVERY, "DeliveryStreamType", ("DirectPut",)),
    *(
        Absent("firehose", operation, _DELIVERY, f"{kind}Destination{suffix}")
        for operation, suffix in (("CreateDeliveryStream", "Configuration"), ("UpdateDestination", "Update"))
        for kind in (
            "AmazonOpenSearchServerless",
            "Amazonopensearchservice",
            "Elasticsearch",
            "HttpEndpoint",
            "Iceberg",
            "Redshift",
            "Snowflake",
            "Splunk",
        )
    ),
    *(
        Absent("firehose", operation, _DELIVERY, f"{member}.ProcessingConfiguration.Enabled", (False,))
        for operation, member in (
            ("CreateDeliveryStream", "ExtendedS3DestinationConfiguration"),
            ("UpdateDestination", "ExtendedS3DestinationUpdate"),
        )
    ),
)


def _values(request: Any, path: list[str]) -> list[Any]:
    """What is at a path of a request, if it is not empty; all of them where there is a list on the way."""
    if isinstance(request, list):
        return [value for item in request for value in _values(item, path)]
    if path and path[0].startswith("/") and isinstance(request, Mapping):
        sets = request.get("op") in ("add", "replace") and fnmatchcase(request.get("path") or "", path[0])
        return _values(request.get("value"), []) if sets else []
    if not path:
        return [] if request in (None, "", [], {}, False) else [request]
    return _values(request.get(path[0]), path[1:]) if isinstance(request, Mapping) else []
