"""Every place where we change LocalStack's own behaviour, each with its reason. Called once, before it starts."""

from __future__ import annotations

from . import (
    api_gateway,
    asynchronous,
    browsers,
    code,
    code_signing,
    deletions,
    endpoints,
    front_door,
    invocation,
    layer_listing,
    limits,
    log_filters,
    log_retention,
    loopback,
    memory,
    object_storage,
    outgoing,
    package_limits,
    polling,
    publishing,
    request_bodies,
    routes,
    runtime_identifiers,
    service_catalog,
    status,
    stores,
    templates,
    timestamps,
    versions,
)
from .authorization import enforcement


def install() -> None:
    """Install them all."""
    service_catalog.install()
    stores.install()
    loopback.install()
    front_door.install()
    routes.install()
    browsers.install()  # before enforcement, so that nothing is looked up for a page that is refused
    request_bodies.install()
    endpoints.install()
    outgoing.install()
    object_storage.install()
    templates.install()
    enforcement.install()  # before limits: who may not call is not told what is wrong with the call
    limits.install()
    package_limits.install()
    versions.install()
    publishing.install()
    timestamps.install()
    code_signing.install()
    code.install()
    layer_listing.install()
    runtime_identifiers.install()
    invocation.install()
    asynchronous.install()
    polling.install()
    log_filters.install()
    log_retention.install()
    api_gateway.install()
    deletions.install()
    status.install()
    memory.install()
