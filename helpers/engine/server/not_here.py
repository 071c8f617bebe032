"""What this engine has not: one list, and the answers made from it.

Whatever is accepted acts or is stored as on AWS; the rest is refused in one sentence, with the code `NotImplemented`
and status 501, which no AWS SDK retries. There are three kinds:

- a service, or an operation of a service, that LocalStack and we do not have: nothing has to be listed;
- an operation that LocalStack has, but that would be accepted without effect, or needs a download: a row of `ABSENT`;
- a setting of an operation that would be accepted without effect: a row of `ABSENT` with its `member`.

LocalStack's own answers speak of licence plans and never reach a caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext, ServiceException
from localstack.aws.chain import HandlerChain
from localstack.aws.protocol.parser import OperationNotFoundParserError
from localstack.http import Response

# AWS's names of services as people write them, where the service model's identifier is another.
NAMES = {"es": "Amazon Elasticsearch Service", "opensearch": "Amazon OpenSearch Service", "xray": "AWS X-Ray"}


class NotHereError(NotImplementedError):
    """What is not here was asked for. Its message is the whole answer."""


@dataclass(frozen=True)
class Absent:
    """Operations, or a member of their requests, that this engine has not.

    `member` is a path into the request, as in "SnapStart.ApplyOn"; an empty value there, or one in `accepted`, is as if
    it were left out. With `values`, a regular expression, only what matches it is absent. `why` completes "… is not
    part of this engine: ".
    """

    service: str
    operations: str
    why: str
    member: str = ""
    accepted: tuple[object, ...] = ()
    values: str = ""

    def asked_for(self, operation: str, request: Mapping[str, Any]) -> bool:
        """Whether a request asks for it."""
        if operation not in self.operations.split():
            return False
        return not self.member or any(map(self._is_absent, _values(request, self.member.split("."))))

    def _is_absent(self, value: object) -> bool:
        return bool(re.match(self.values, str(value))) if self.values else value not in self.accepted


_DOWNLOAD = "it needs a program that would be downloaded, and nothing is downloaded at run time"
_CONTAINERS = "functions run from zip archives, without containers"
_SOURCES = "event sources are queues and streams: no Kafka, Amazon MQ or DocumentDB"
_DELIVERY = "a delivery stream takes what is put and writes it to a bucket, as it is"
_NETWORKS = "there are no private networks"
_INTEGRATION = "CreateIntegration UpdateIntegration"
_ROUTE = "CreateRoute UpdateRoute"
_CONFIGURATION = "CreateFunction UpdateFunctionConfiguration"
_MAPPING = "CreateEventSourceMapping UpdateEventSourceMapping"

_SUBSCRIPTIONS = "functions and streams of the same account subscribe"
_KEPT = "log events are kept as they came"
_ALARM, _FILTER = "PutMetricAlarm PutCompositeAlarm", "PutSubscriptionFilter PutMetricFilter"
_SYSTEM_FIELDS = ("applyOnTransformedLogs", "fieldSelectionCriteria", "emitSystemFields", "emitSystemFieldDimensions")
_ACTION = "alarms act on SNS topics and functions"

ABSENT = (
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
    Absent("logs", "CreateLogGroup", "there is the class STANDARD", "logGroupClass", ("STANDARD",)),
    Absent("opensearch", "CreateDomain", _DOWNLOAD),
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
        Absent("apigatewayv2", operations, "an API has this engine's addresses and no domain name of its own")
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
    Absent("apigatewayv2", "CreateStage UpdateStage", "integrations get no client certificate", "ClientCertificateId"),
    Absent("apigatewayv2", "ExportApi", "definitions are written in JSON", "OutputType", ("JSON",)),
    Absent("apigatewayv2", "ExportApi", "an API is exported as it is, not as a stage serves it", "StageName"),
    Absent("apigatewayv2", "ImportApi ReimportApi", "paths are taken as they are", "Basepath", ("ignore",)),
    Absent("lambda", _MAPPING, "each mapping has one poller", "ProvisionedPollerConfig"),
    Absent("lambda", _MAPPING, "mappings publish no metrics of their own", "MetricsConfig.Metrics"),
    Absent(
        "lambda",
        _MAPPING,
        "records that were given up go to queues, topics and buckets",
        "DestinationConfig.OnFailure.Destination",
        values="(?!arn:[^:]*:(sqs|sns|s3):)",
    ),
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
SERVICES = sorted({row.service for row in ABSENT})


def refuse(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before the services. Raises: NotImplemented (501) for what is in `ABSENT`."""
    service, operation = context.service.service_name, context.operation.name
    for absent in ABSENT:
        if absent.service == service and absent.asked_for(operation, context.service_request or {}):
            what = f"{absent.member} of {operation}" if absent.member else operation
            raise refusal(f"{what} ({name_of(service, context)}) is not part of this engine: {absent.why}.")


def refusal(sentence: str) -> CommonServiceException:
    """The answer for what is not here."""
    return CommonServiceException("NotImplemented", sentence, 501, True)


def answer_not_implemented(self: Any, serializer: Any, context: RequestContext, exception: NotImplementedError) -> Any:
    """Replace `Skeleton.on_not_implemented_error`, for operations that a service of LocalStack's leaves out."""
    error: ServiceException = as_refusal(exception, context)
    return self.on_service_exception(serializer, context, error)


def exception_response(original: Any, self: Any, exception: Exception, context: RequestContext) -> Any:
    """Wrap `ServiceExceptionSerializer.create_exception_response`, for services that LocalStack leaves out."""
    if isinstance(exception, (NotImplementedError, OperationNotFoundParserError)):
        exception = as_refusal(exception, context)
        context.service_exception = exception
        # To write an answer it needs some operation of the service.
        context.operation = context.operation or context.service.operation_model(context.service.operation_names[0])
    return original(self, exception, context)


def as_refusal(exception: Exception, context: RequestContext) -> CommonServiceException:
    """What a caller is told instead of LocalStack's text."""
    if isinstance(exception, NotHereError):
        return refusal(str(exception))
    service = name_of(context.service.service_name, context)
    if isinstance(exception, OperationNotFoundParserError):
        asked = f"{context.request.method} {context.request.path}"
        return refusal(
            f"This engine knows no such operation of {service} ({asked}): it is newer than October 2025, or not AWS's."
        )
    return refusal(f"{context.operation.name} ({service}) is not part of this engine, so nothing was done.")


def name_of(service: str, context: RequestContext) -> str:
    """AWS's name of a service, as in "AWS Lambda"."""
    return NAMES.get(service) or str(context.service.metadata.get("serviceFullName", service))


def _values(request: Any, path: list[str]) -> list[Any]:
    """What is at a path of a request, if it is not empty; all of them where there is a list on the way."""
    if isinstance(request, list):
        return [value for item in request for value in _values(item, path)]
    if not path:
        return [] if request in (None, "", [], {}, False) else [request]
    return _values(request.get(path[0]), path[1:]) if isinstance(request, Mapping) else []
