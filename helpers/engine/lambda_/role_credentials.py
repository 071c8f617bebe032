"""The credentials that an execution environment gets: a session of the function's role."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from localstack.services.lambda_.invocation.execution_environment import ExecutionEnvironment

from .. import settings
from ..iam import environment_sessions, trust

SECONDS = 43200  # LocalStack's; `environment_sessions` keeps them for as long as their environment is there


def get_credentials(
    original: Callable[[ExecutionEnvironment], Mapping[str, str]], self: ExecutionEnvironment
) -> Mapping[str, str]:
    """`ExecutionEnvironment.get_credentials`, without a request: by itself it takes a third of a cold start.

    A role that does not trust Lambda is asked for as before, and refused.
    """
    version = self.function_version
    role, region, name = version.config.role, version.id.region, version.id.function_name
    if settings.current().iam and not trust.trusts(role, "lambda", region):
        return original(self)
    return environment_sessions.begin(role, name if len(name) > 1 else f"{name}@lambda_function", region, SECONDS)
