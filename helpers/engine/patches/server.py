"""Rows for what belongs to no AWS service."""

from __future__ import annotations

from .. import settings
from ..patching import Patch
from ..server import (
    browsers,
    credential_scopes,
    endpoints,
    front_door,
    loopback,
    not_here,
    outgoing_requests,
    request_bodies,
    response_headers,
    service_catalog,
    service_models,
    stores,
    yaml_documents,
)
from ..server.front import listener

SERVICES = "localstack.services"
LAMBDA = f"{SERVICES}.lambda_.invocation"

# Its path is this machine's, and so is its source.
SERVICE_CATALOG = Patch(
    "localstack.config:dirs.static_libs", str(service_catalog.FOLDER), "", "the index of services lies in .engine"
)

ROWS = (
    SERVICE_CATALOG,
    Patch("localstack.aws.spec:load_service_index_cache", service_catalog.load, "76e97fbaf91a", "imports dill"),
    Patch(
        "localstack.runtime.runtime:LocalstackRuntime._init_gateway_server",
        listener.serve_gateway,
        "5eec374fbf6b",
        "makes a certificate that few ask for",
    ),
    Patch(
        "localstack.utils.net:is_port_open",
        loopback.is_port_open,
        "664b914f0512",
        "asks localhost, which may be ::1",
        around=True,
        left_in="localstack.utils.common localstack.utils.serving",
    ),
    *(
        Patch(
            f"localstack.{module}:extract_access_key_id_from_auth_header",
            credential_scopes.access_key,
            "55a9ee254bad",
            "tries every place of a long header",
        )
        for module in ("utils.aws.request_context", "aws.handlers.auth", "services.sqs.query_api")
    ),
    Patch(
        "localstack.utils.aws.request_context:extract_region_from_auth_header",
        credential_scopes.region,
        "7d6b4127e735",
        "so does this",
    ),
    Patch("localstack.config:LOCALHOST", settings.LOOPBACK, "6d6bda3bbb06", "the same, for calls to itself"),
    Patch(
        "localstack.aws.handlers.internal_requests:InternalRequestParamsEnricher.__call__",
        front_door.enter,
        "2679ce1c69a5",
        "believes headers of anybody, and answers to any Host",
    ),
    Patch(
        f"{SERVICES}.edge:ROUTER.dispatcher",
        endpoints.dispatch,
        "7c98da5b2881",
        "serves its own addresses to anybody",
        around=True,
    ),
    Patch(
        "localstack.aws.handlers:serve_localstack_resources.resources.dispatcher",
        endpoints.dispatch_internal,
        "7c98da5b2881",
        "lets anybody end it, or change its configuration",
        around=True,
    ),
    Patch(
        "localstack.packages.api:PackageInstaller.install",
        endpoints.refuse_installation,
        "90e05c965cf3",
        "downloads programs at run time",
    ),
    Patch(
        "localstack.aws.skeleton:Skeleton.on_not_implemented_error",
        not_here.answer_not_implemented,
        "4a9fb7f6f954",
        "speaks of licence plans",
    ),
    Patch(
        "localstack.aws.handlers.service:ServiceExceptionSerializer.create_exception_response",
        not_here.exception_response,
        "879321221689",
        "the same, of services that it has not",
        around=True,
    ),
    Patch(
        "localstack.aws.handlers.cors:should_enforce_self_managed_service",
        browsers.should_enforce_self_managed_service,
        "9705b4049317",
        "leaves many paths open to web pages",
    ),
    Patch(
        "localstack.aws.handlers.cors:CorsEnforcer.is_cors_origin_allowed",
        browsers.is_origin_allowed,
        "64729edc0df8",
        "lets some foreign origins in",
    ),
    Patch(
        "localstack.aws.handlers.codec:ContentDecoder.__call__",
        request_bodies.decode,
        "54b57bb3fc48",
        "decompresses 10 MB to 10 GB",
    ),
    Patch(
        "localstack.http:Request.max_form_memory_size",
        request_bodies.OTHERS,
        "8d6962a152ae",
        "answers InternalError to forms above 500 KB",
    ),
    Patch(
        "requests:Response.content",
        property(outgoing_requests.content),
        "6621fa3964a0",
        "reads an answer of any size into memory",
    ),
    Patch("requests.adapters:HTTPAdapter.send", outgoing_requests.send, "a8b4a1d8c114", "waits for ever", around=True),
    Patch(
        "botocore.loaders:JSONFileLoader._load_file",
        service_models.load_file,
        "8e9da7ac3d7d",
        "keeps documentation, and reads the same for each session",
    ),
    Patch(
        "botocore.session:Session.get_available_regions",
        service_models.get_available_regions,
        "85bcc94c2422",
        "reads a service's description for each session",
    ),
    Patch(
        "yaml.composer:Composer.compose_node",
        yaml_documents.compose_node,
        "62dab83d049b",
        "expands 1 KB of aliases to 10 GB",
        around=True,
    ),
    Patch(
        f"{SERVICES}.cloudformation.engine.yaml_parser:NoDatesSafeLoader.compose_node",
        yaml_documents.compose_template_node,
        "62dab83d049b",
        "takes aliases, which CloudFormation refuses (2026-11)",
        around=True,
    ),
    Patch(
        "localstack.aws.protocol.serializer:RestJSONResponseSerializer._serialize_content_type",
        response_headers.content_type,
        "1d65753acf16",
        "leaves JSON as text/plain",
    ),
    Patch(
        "localstack.aws.protocol.serializer:BaseRestResponseSerializer._prepare_additional_traits_in_response",
        response_headers.request_id,
        "54def994e6f1",
        "says the request's id twice",
        around=True,
    ),
    Patch(
        "moto.core.base_backend:AccountSpecificBackend.__init__",
        stores.listable_backends,
        "01551a3c9efe",
        "its dictionaries cannot be listed while they change",
        around=True,
    ),
    Patch("moto.iam.models:Group.__init__", stores.listable, "1ba3e30a1f33", "the same", around=True),
    Patch("moto.iam.models:Role.__init__", stores.listable, "06dc591b1d65", "the same", around=True),
    Patch("moto.iam.models:User.__init__", stores.listable, "026045cfa11c", "the same", around=True),
    Patch("moto.logs.models:LogGroup.__init__", stores.listable, "b722fddcbf33", "the same", around=True),
    Patch(f"{LAMBDA}.assignment:AssignmentService.__init__", stores.listable, "ad88ee390482", "the same", around=True),
    Patch(f"{LAMBDA}.lambda_models:Function.__init__", stores.listable, "f0a30587fb6d", "the same", around=True),
    Patch(f"{LAMBDA}.lambda_service:LambdaService.__init__", stores.listable, "44c3f090387d", "the same", around=True),
    Patch(
        f"{SERVICES}.stores:LocalAttribute.__init__", stores.listable_default, "8b4fa4a4841b", "the same", around=True
    ),
    Patch(
        f"{SERVICES}.stores:CrossRegionAttribute.__init__",
        stores.listable_default,
        "dee9b8d0214b",
        "the same",
        around=True,
    ),
    Patch(
        f"{SERVICES}.stores:CrossAccountAttribute.__init__",
        stores.listable_default,
        "7906e05e5c5b",
        "the same",
        around=True,
    ),
    *(
        Patch(f"{SERVICES}.stores:{bundle}.{name}", getattr(stores.Listable, name), source, "the same")
        for bundle in ("RegionBundle", "AccountRegionBundle")
        for name, source in (  # `keys` they look into at every access
            ("items", "77b524e25419"),
            ("values", "ddff918af62f"),
            ("copy", "003c1993bdfa"),
            ("__iter__", "c97ce01c9968"),
        )
    ),
)
