"""Handlers before the services, in their order: whoever may not call is not told what is wrong with the call."""

from __future__ import annotations

from .. import secretsmanager, ssm
from ..dynamodb import batches, expressions
from ..iam import authentication, enforcement, managed_policies, names, policy_documents, simulation
from ..lambda_ import (
    code_signing,
    code_sources,
    constraints,
    limits,
    logging_config,
    package_limits,
    permissions,
    publishing,
    tagging,
    tenancy,
    versions,
)
from ..lambda_.durable import configurations as durable_configurations
from ..lambda_.durable import operations as durable_operations
from ..lambda_.event_source_mappings import refusals
from ..logs import requests as logs_requests
from ..patching import Check
from ..s3 import newer_headers
from ..server import browsers, newer_members, not_here, required
from ..server import constraints as model_constraints
from ..sns import publications
from ..sqs import addresses, message_attributes, queue_attributes

ROWS = (
    Check("", "", browsers.refuse_foreign, "no API of AWS is for pages of other origins"),
    Check("", "", authentication.handle, "LocalStack believes who calls"),
    Check("lambda", "", constraints.refuse_violations, "checks few members"),
    *(Check(service, "", required.refuse_missing, "fails without them") for service in required.CODES),
    Check("kinesis", "", model_constraints.refuse_violations, "checks none"),
    Check("sqs", "StartMessageMoveTask GetQueueUrl", addresses.refuse_address, "fails for what is none"),
    Check("", "", enforcement.authorize, "LocalStack lets everybody do all"),
    *(
        Check(service, " ".join(operations), not_here.refuse, "accepted without effect")
        for service, operations in not_here.ROWS.items()
    ),
    Check("lambda", durable_configurations.ENDS, durable_configurations.refuse_targets, "tells no target of their end"),
    Check(
        "events",
        "PutRule PutTargets CreateEventBus CreateArchive UpdateArchive StartReplay",
        model_constraints.refuse_violations,
        "checks few members",
    ),
    Check("scheduler", "", model_constraints.refuse_violations, "checks none"),
    Check("sqs", "CreateQueue SetQueueAttributes", queue_attributes.refuse_attributes, "keeps whatever it is given"),
    Check(
        "sqs",
        "SendMessage ReceiveMessage ChangeMessageVisibility",
        message_attributes.refuse_message,
        "nor does it look at messages",
    ),
    Check("sns", "Publish", publications.refuse_message, "looks at few parts of a message"),
    Check("sns", "PublishBatch", publications.refuse_batch, "takes any id"),
    Check("sns", "SetTopicAttributes", publications.refuse_attribute, "takes names of no attribute"),
    Check("iam", managed_policies.CHANGES, managed_policies.refuse_change, "lets everybody change AWS's policies"),
    Check("ssm", "PutParameter", ssm.refuse_value, "takes any value"),
    Check("ssm", "GetParametersByPath", ssm.refuse_path, "finds nothing below what is no path"),
    Check("dynamodb", "BatchWriteItem", batches.refuse_batch, "takes any number of items"),
    Check("dynamodb", expressions.OPERATIONS, expressions.refuse_request, "moto fails of placeholders of nothing"),
    Check("secretsmanager", "DeleteSecret", secretsmanager.refuse_window, "says it in moto's JSON"),
    Check(
        "iam",
        "CreateRole CreateUser CreateGroup CreatePolicy PutRolePolicy PutUserPolicy PutGroupPolicy",
        names.refuse_name,
        "moto takes any name",
    ),
    Check(
        "iam",
        "CreateRole UpdateAssumeRolePolicy",
        policy_documents.check_trust_policy,
        "moto takes trust policies that IAM refuses",
    ),
    Check(
        "iam",
        "CreatePolicy CreatePolicyVersion PutGroupPolicy PutRolePolicy PutUserPolicy",
        policy_documents.check_identity_policy,
        "moto takes identity-based policies that IAM refuses",
    ),
    *(
        Check(service, operations, newer_members.refuse_members, "leaves out what it does not know")
        for service, operations in newer_members.OPERATIONS.items()
    ),
    Check(
        "iam",
        "SimulatePrincipalPolicy SimulateCustomPolicy",
        simulation.answer,
        "LocalStack crashes on inline policies",
    ),
    Check("logs", "", logs_requests.refuse_violations, "checks few members"),
    Check("s3", newer_headers.OPERATIONS, newer_headers.refuse_headers, "the same, of headers"),
    Check("lambda", "Invoke InvokeWithResponseStream", tenancy.keep_tenant, "knows no tenants"),
    Check("lambda", tenancy.OPERATIONS, tenancy.refuse_combination, "the same"),
    Check("lambda", "Invoke InvokeWithResponseStream", limits.refuse_invocation, "payloads are not looked at"),
    Check("lambda", "CreateFunction UpdateFunctionConfiguration", limits.refuse_configuration, "nor are settings"),
    Check("lambda", "CreateFunction UpdateFunctionConfiguration", logging_config.refuse_levels, "nor how it logs"),
    Check(
        "lambda",
        "CreateEventSourceMapping UpdateEventSourceMapping",
        refusals.refuse_mapping,
        "nor what a mapping is told to do",
    ),
    Check("lambda", tagging.OPERATIONS, tagging.refuse_tags, "looks at their number when it is too late"),
    Check("lambda", code_sources.OPERATIONS, code_sources.refuse_unsourced, "nor where code comes from"),
    Check("lambda", package_limits.OPERATIONS, package_limits.refuse_package, "nor the size of code"),
    Check("lambda", "AddPermission", permissions.refuse_permission, "nor whether a principal exists"),
    Check("lambda", versions.OPERATIONS, versions.refuse_version, "nor whether a version exists"),
    Check("lambda", "PublishVersion", publishing.refuse_unsettled, "publishes while the function changes"),
    Check(
        "lambda", durable_configurations.OPERATIONS, durable_configurations.refuse_config, "has none that are durable"
    ),
    Check("lambda", durable_operations.OPERATIONS, durable_operations.answer, "the same"),
    Check(
        "lambda", "CreateFunction UpdateFunctionCode", code_signing.refuse_unsigned, "code signing is kept, not heeded"
    ),
)
