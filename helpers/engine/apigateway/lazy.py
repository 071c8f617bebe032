"""Our changes to API Gateway, made when it is first used: loading it costs 0.1 s and 10 MB, and most labs do not."""

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
                errors,
                integration_responses,
                methods,
                models,
                proxy_events,
                request_validation,
                service_integrations,
                usage_plans,
            )

            request_validation.install()
            errors.install()
            proxy_events.install()
            models.install()
            integration_responses.install()
            methods.install()
            service_integrations.install()
            usage_plans.install()
            _changed = True
