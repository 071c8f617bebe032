"""CloudWatch metrics of APIs, which `lambda_.metrics` publishes with those of functions.

| of | dimensions | metrics |
|---|---|---|
| REST APIs | ApiName; with Stage; with detailed metrics also with Method and Resource | Count, 4XXError, 5XXError |
| HTTP APIs | ApiId; with Stage; likewise | Count, 4xx, 5xx, DataProcessed |

Both have Latency and IntegrationLatency. An error metric is 0 or 1 for each request, so that its average is a rate (API
Gateway Developer Guide, "Amazon API Gateway dimensions and metrics" and "Monitor CloudWatch metrics for HTTP APIs in
API Gateway", 2026-11). Not as on AWS: WebSocket APIs have none, nor has what is asked of no stage.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

from ..lambda_ import metrics
from . import throttles, timeouts


class Source(NamedTuple):
    """`name`: the dimension that names an API and its value; `method`: verb and path, "" without detailed metrics."""

    account: str
    region: str
    name: tuple[str, str]
    stage: str
    method: tuple[str, str] = ("", "")
    namespace: str = "AWS/ApiGateway"

    def dimensions(self) -> list[dict[str, str]]:
        """The sets of dimensions under which a value is published."""
        api = dict([self.name])
        sets = [api, {**api, "Stage": self.stage}]
        if self.method[0]:
            sets.append({**sets[-1], "Method": self.method[0], "Resource": self.method[1]})
        return sets


def of_rest(context: RestApiInvocationContext, response: Response) -> None:
    """Count a request to a REST API's stage."""
    if not (context.deployment and context.context_variables):
        return
    method = ("", "")
    if context.resource_method and throttles.settings_of(context)[1].get("metricsEnabled"):
        method = context.resource_method["httpMethod"], context.resource["path"]
    name = context.deployment.rest_api.rest_api["name"]
    of = Source(context.account_id, context.region, ("ApiName", name), context.stage, method)
    began: int = context.context_variables["requestTimeEpoch"]
    count(of, response.status_code, ("4XXError", "5XXError"), began, timeouts.integration_latency(context))


def count(of: Source, status: int, errors: tuple[str, str], began: int, integration_latency: int | None) -> None:
    """Count a request that began at so many ms since 1970; `errors` are the names of the error metrics."""
    metrics.count(of, "Count")
    metrics.count(of, errors[0], float(400 <= status <= 499))
    metrics.count(of, errors[1], float(status >= 500))
    metrics.count(of, "Latency", max(0.0, round(time.time() * 1000) - began))
    if integration_latency is not None:
        metrics.count(of, "IntegrationLatency", integration_latency)
