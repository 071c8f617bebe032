"""What calls a function or a service for an API: API Gateway itself, or a role that it assumes, once a minute.

LocalStack 4.9.2 assumes a role once and keeps the session for ever. A session ends with its role (`iam.role_sessions`),
so one that is deleted and made anew is assumed anew.

Or whoever signed the request: "To require that the caller's identity be passed through from the request, specify the
string arn:aws:iam::*:user/*" (API Gateway API Reference, "PutIntegration", 2026-11). SAM says so for AWS_IAM. Then the
call is judged as the caller's own (`iam.forward_access`), who needs the permission to invoke the function, too.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from botocore.config import Config
from localstack.aws.connect import INTERNAL_REQUEST_PARAMS_HEADER, ServiceLevelClientFactory, connect_to, dump_dto
from localstack.utils.aws.client_types import ServicePrincipal

from ..iam import role_sessions

CALLER = "arn:aws:iam::*:user/*"
Session = tuple[str, int]  # the id of a role, and the minute


def clients(region_name: str, role_arn: str | None) -> Any:
    """Replace `get_service_factory` of LocalStack's integrations: clients that ask once, where LocalStack's ask again
    for up to 7 s. HTTP APIs call functions by them, too.
    """
    if role_arn == CALLER:
        client = _clients(region_name, None, _session(None)).lambda_
        return SimpleNamespace(lambda_=SimpleNamespace(request_metadata=lambda **_: client))  # in nobody's name
    return _clients(region_name, role_arn, _session(role_arn))


def headers(
    original: Callable[..., dict[str, str]], service_name: str, region_name: str, source_arn: str, role_arn: str | None
) -> dict[str, str]:
    """`get_internal_mocked_headers`, which says who calls in an integration of type AWS."""
    if role_arn == CALLER:
        made = _headers(original, service_name, region_name, source_arn, None, _session(None))
        return {**made, INTERNAL_REQUEST_PARAMS_HEADER: dump_dto({})}
    return _headers(original, service_name, region_name, source_arn, role_arn, _session(role_arn))


@functools.lru_cache(maxsize=64)
def _clients(region: str, role: str | None, session: Session) -> ServiceLevelClientFactory:
    config = Config(retries={"max_attempts": 0})
    if not role:
        return connect_to(region_name=region, config=config)
    return connect_to.with_assumed_role(
        role_arn=role,
        region_name=region,
        service_principal=ServicePrincipal.apigateway,
        session_name="BackplaneAssumeRoleSession",
        config=config,
    )


@functools.lru_cache(maxsize=64)
def _headers(
    original: Callable[..., dict[str, str]], service: str, region: str, source: str, role: str | None, session: Session
) -> dict[str, str]:
    # Below LocalStack's own cache, which knows no sessions.
    made: dict[str, str] = original.__wrapped__(service, region, source, role)  # type: ignore[attr-defined]
    return made


def _session(role_arn: str | None) -> Session:
    if not role_arn:
        return "", 0
    role = role_sessions.find_role(role_arn)
    return (role.id if role else ""), int(time.monotonic() // 60)
