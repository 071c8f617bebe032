"""GetDeployment with `embed=apisummary`: the methods that a deployment holds, which moto leaves out.

`apiSummary` is "a summary of the RestApi at the date and time that the deployment resource was created" (API Gateway
API Reference, "Deployment", 2026-11): what is changed later is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from localstack.services.apigateway.models import apigateway_stores
from moto.apigateway.exceptions import DeploymentNotFoundException
from moto.apigateway.responses import APIGatewayResponse


def get_deployment(original: Callable[..., str], self: APIGatewayResponse) -> str:
    """Return moto's answer, JSON, with `apiSummary` where the request asks for it."""
    try:
        answer = original(self)
    except KeyError:  # moto's, of one that is not there
        raise DeploymentNotFoundException from None
    if "apisummary" not in self.querystring.get("embed", []):
        return answer
    _, _, api_id, _, deployment_id = self.path.split("/")[:5]
    store = apigateway_stores[self.current_account][self.region]
    frozen = store.internal_deployments.get(api_id.lower(), {}).get(deployment_id)
    summary = {} if frozen is None else summarised(frozen.rest_api.resources.values())
    return json.dumps({**json.loads(answer), "apiSummary": summary})


def summarised(resources: Iterable[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """{path: {verb: {"authorizationType": "NONE", "apiKeyRequired": False}}}, as in AWS's API reference."""
    return {
        resource["path"]: {
            verb: {
                "authorizationType": method.get("authorizationType", "NONE"),
                "apiKeyRequired": bool(method.get("apiKeyRequired")),
            }
            for verb, method in resource["resourceMethods"].items()
        }
        for resource in resources
        if resource.get("resourceMethods")
    }
