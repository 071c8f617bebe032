"""Every place where we change LocalStack's own behaviour, each with its reason. Called once, before it starts."""

from __future__ import annotations

from . import s3, sqs
from .apigateway import lazy
from .iam import enforcement
from .lambda_ import (
    asynchronous,
    code,
    code_signing,
    event_source_mappings,
    invocation,
    layer_listing,
    limits,
    package_limits,
    publishing,
    runtime_identifiers,
    timestamps,
    versions,
)
from .logs import filter_patterns, retention
from .server import (
    browsers,
    endpoints,
    front_door,
    loopback,
    memory_release,
    outgoing_requests,
    request_bodies,
    routes,
    service_catalog,
    status,
    stores,
    yaml_documents,
)


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
    outgoing_requests.install()
    s3.install()
    yaml_documents.install()
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
    sqs.install()
    filter_patterns.install()
    retention.install()
    lazy.install()
    event_source_mappings.install()
    status.install()
    memory_release.install()
