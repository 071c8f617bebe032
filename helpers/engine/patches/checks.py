"""Handlers before the services, in their order: whoever may not call is not told what is wrong with the call."""

from __future__ import annotations

import threading
from functools import cache

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..iam import authentication, enforcement, policy_documents, simulation
from ..lambda_ import code_signing, limits, package_limits, versions
from ..patching import Check
from ..server import browsers, endpoints

_lock = threading.Lock()


def patch_api_gateway(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before API Gateway: apply its rows, once. No API can be called before one was made."""
    with _lock:
        _patch_api_gateway()


@cache
def _patch_api_gateway() -> None:
    from . import apigateway

    for row in apigateway.ROWS:
        row.apply()


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
    Check("lambda", "Invoke", limits.refuse_invocation, "payloads are not looked at"),
    Check("lambda", "CreateFunction UpdateFunctionConfiguration", limits.refuse_configuration, "nor are settings"),
    Check("lambda", package_limits.OPERATIONS, package_limits.refuse_package, "nor the size of code"),
    Check("lambda", versions.OPERATIONS, versions.refuse_version, "nor whether a version exists"),
    Check(
        "lambda", "CreateFunction UpdateFunctionCode", code_signing.refuse_unsigned, "code signing is kept, not heeded"
    ),
    Check("apigateway", "", patch_api_gateway, "its rows wait until it is used"),
)
