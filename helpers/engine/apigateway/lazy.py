"""The changes to API Gateway that are no rows yet."""

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


def change() -> None:
    """Make them."""
    request_validation.install()
    errors.install()
    proxy_events.install()
    models.install()
    integration_responses.install()
    methods.install()
    service_integrations.install()
    usage_plans.install()
