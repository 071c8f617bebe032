"""Our changes to API Gateway, made when it is first asked for: loading it costs 0.1 s and 10 MB, and most labs do not.

`gateway_answers` has what it says, `gateway_events` what it tells functions, `body_validation`, `method_conflicts` and
`model_schemas` what it refuses, `integration_patches` what it forgot, `service_integrations` how it calls other
services, `usage_plans` whom it limits.
"""

from __future__ import annotations

import threading

from localstack.aws import handlers
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

_lock = threading.Lock()
_changed = False


def install() -> None:
    """Look out for the first request to API Gateway; no API can be called before one has made it."""
    handlers.serve_custom_service_request_handlers.append(change_when_used)


def change_when_used(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain."""
    global _changed
    if _changed or context.service is None or context.service.service_name != "apigateway":
        return
    with _lock:
        if not _changed:
            from . import (
                body_validation,
                gateway_answers,
                gateway_events,
                integration_patches,
                method_conflicts,
                model_schemas,
                service_integrations,
                usage_plans,
            )

            body_validation.install()
            gateway_answers.install()
            gateway_events.install()
            model_schemas.install()
            integration_patches.install()
            method_conflicts.install()
            service_integrations.install()
            usage_plans.install()
            _changed = True
