"""Handlers before the services, in their order: whoever may not call is not told what is wrong with the call."""

from __future__ import annotations

from .. import firehose
from ..iam import authentication, enforcement, policy_documents, simulation
from ..lambda_ import code_signing, limits, package_limits, versions
from ..lambda_.event_source_mappings import refusals
from ..patching import Check
from ..server import browsers, endpoints

ROWS = (
    Check("", "", browsers.refuse_foreign, "no API of AWS is for pages of other origins"),
    *(
        Check(service, operation, endpoints.refuse_download, "would wait for a download")
        for service, operation in endpoints.WITHOUT_PROGRAM.items()
    ),
    Check("", "", authentication.handle, "LocalStack believes who calls"),
    Check("", "", enforcement.authorize, "LocalStack lets everybody do all"),
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
    Check(
        "iam",
        "SimulatePrincipalPolicy SimulateCustomPolicy",
        simulation.answer,
        "LocalStack crashes on inline policies",
    ),
    Check(
        "firehose",
        "CreateDeliveryStream UpdateDestination",
        firehose.refuse_delivery_stream,
        "takes sources and destinations that do nothing here",
    ),
    Check("lambda", "Invoke", limits.refuse_invocation, "payloads are not looked at"),
    Check("lambda", "CreateFunction UpdateFunctionConfiguration", limits.refuse_configuration, "nor are settings"),
    Check(
        "lambda",
        "CreateEventSourceMapping UpdateEventSourceMapping",
        refusals.refuse_mapping,
        "nor what a mapping is told to do",
    ),
    Check("lambda", package_limits.OPERATIONS, package_limits.refuse_package, "nor the size of code"),
    Check("lambda", versions.OPERATIONS, versions.refuse_version, "nor whether a version exists"),
    Check(
        "lambda", "CreateFunction UpdateFunctionCode", code_signing.refuse_unsigned, "code signing is kept, not heeded"
    ),
)
