"""API Gateway's errors, of the control plane and of an API that is called.

Bodies of the second kind: API Gateway Developer Guide, "Troubleshooting issues with HTTP API Lambda integrations" and
"… JWT authorizers" (2026-11); HTTP APIs answer 500 where REST APIs answer 502, and 503 when an integration is too slow.
"""

from __future__ import annotations

from collections.abc import Mapping

from localstack.aws.api import CommonServiceException


def bad_request(message: str) -> CommonServiceException:
    """A parameter is wrong."""
    return CommonServiceException("BadRequestException", message, 400, True)


def not_found(message: str) -> CommonServiceException:
    """Something named is not there."""
    return CommonServiceException("NotFoundException", message, 404, True)


def conflict(message: str) -> CommonServiceException:
    """There is one of this name, or something still uses it."""
    return CommonServiceException("ConflictException", message, 409, True)


class ApiError(Exception):
    """A request to an API that fails: `status`, `message` and further headers of the answer."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, dict(headers or {})


def unauthorized(challenge: str = "") -> ApiError:
    """401, with a `www-authenticate` header for JWT authorizers."""
    return ApiError(401, "Unauthorized", {"www-authenticate": challenge} if challenge else None)


def forbidden(challenge: str = "") -> ApiError:
    """403."""
    return ApiError(403, "Forbidden", {"www-authenticate": challenge} if challenge else None)


def internal() -> ApiError:
    """500: the function failed, was not permitted, or returned what is no response."""
    return ApiError(500, "Internal Server Error")


def unavailable() -> ApiError:
    """503: the integration did not answer in time."""
    return ApiError(503, "Service Unavailable")
