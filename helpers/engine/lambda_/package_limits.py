"""Limits of deployment packages and layers that LocalStack 4.9.2 does not check.

A request that carries a zip file may have 70,167,211 bytes (50 MB in Base64, and room for the rest); LocalStack looks
at CreateFunction only. A function with its layers may have 250 MB unzipped; LocalStack looks at each archive alone.
Quotas: Developer Guide, "Lambda quotas" (2026-11). The words are AWS's, as people report them: "Layers consume …" for
layers that are too large by themselves, "Unzipped size …" for a package that is larger than what they leave, "Function
code combined …" from UpdateFunctionConfiguration, "non-empty zip" for an archive without files. Code that comes from a
bucket is weighed alone, by LocalStack.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import IO

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import ArchiveCode, VersionFunctionConfiguration
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import RequestEntityTooLargeException

REQUEST_BYTES = 70_167_211
ZIPPED_BYTES = 50 * 1024 * 1024
UNZIPPED_BYTES = 250 * 1024 * 1024
UPLOADS = ("CreateFunction", "UpdateFunctionCode", "PublishLayerVersion")
OPERATIONS = " ".join((*UPLOADS, "UpdateFunctionConfiguration"))


def refuse_package(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations that upload code or add layers. Raises: AWS's error if it is too large."""
    request, operation = context.service_request, context.operation.name
    zip_file = request.get("ZipFile") or (request.get("Code") or request.get("Content") or {}).get("ZipFile")
    if operation in UPLOADS:
        check_request(operation, context.request.content_length or 0, len(zip_file or b""))
    match operation:
        case "CreateFunction" if layers := request.get("Layers"):
            check_code(zip_file, UNZIPPED_BYTES - check_layers(_of_arns(layers)))
        case "UpdateFunctionCode" if function := _function(context):
            check_code(zip_file, UNZIPPED_BYTES - sum(unzipped_bytes(layer.code) for layer in function.layers))
        case "UpdateFunctionConfiguration" if (layers := request.get("Layers")) and (function := _function(context)):
            check_together(unzipped_bytes(function.code), check_layers(_of_arns(layers)))


def check_request(operation: str, request_bytes: int, zipped_bytes: int) -> None:
    """Raise AWS's error for a request, or a zip file in it, that is too large."""
    if request_bytes > REQUEST_BYTES:
        raise RequestEntityTooLargeException(
            f"Request must be smaller than {REQUEST_BYTES} bytes for the {operation} operation"
        )
    if zipped_bytes > ZIPPED_BYTES:
        raise RequestEntityTooLargeException(f"Zipped size must be smaller than {ZIPPED_BYTES} bytes")


def check_layers(sizes: Sequence[int]) -> int:
    """Return the total size of layers in bytes. Raises: AWS's error above the limit of a function."""
    if sum(sizes) > UNZIPPED_BYTES:
        raise InvalidParameterValueException(
            f"Layers consume more than the available size of {UNZIPPED_BYTES} bytes", Type="User"
        )
    return sum(sizes)


def check_code(zip_file: bytes | None, left: int) -> None:
    """Raise AWS's error for a package larger, unzipped, than its layers leave room for."""
    if zip_file and zipfile.is_zipfile(BytesIO(zip_file)) and _sum(BytesIO(zip_file)) > left:
        raise InvalidParameterValueException(f"Unzipped size must be smaller than {left} bytes", Type="User")


def check_together(code: int, layers: int) -> None:
    """Raise AWS's error for layers that do not fit beside the code of a function; both in bytes."""
    if (size := code + layers) > UNZIPPED_BYTES:
        raise InvalidParameterValueException(
            f"Function code combined with layers exceeds the maximum allowed size of {UNZIPPED_BYTES} bytes. "
            f"The actual size is {size} bytes.",
            Type="User",
        )


def get_unzipped_size(original: Callable[[IO[bytes]], int], zip_file: IO[bytes]) -> int:
    """Wrap LocalStack's, with which it weighs every archive that it takes, wherever from.

    Raises: AWS's error for an archive without files.
    """
    with zipfile.ZipFile(zip_file) as archive:
        if not archive.namelist():
            raise InvalidParameterValueException("Uploaded file must be a non-empty zip", Type="User")
    return original(zip_file)


_sizes: dict[str, int] = {}  # by an archive's id, which is never used again


def unzipped_bytes(archive: ArchiveCode) -> int:
    """Return the unzipped size of an archive, read once from its directory."""
    if archive.id not in _sizes:
        with tempfile.TemporaryFile() as file:
            archive._download_archive_to_file(file)
            _sizes[archive.id] = _sum(file)
    return _sizes[archive.id]


def _sum(file: IO[bytes]) -> int:
    with zipfile.ZipFile(file) as archive:
        return sum(member.file_size for member in archive.infolist())


def _of_arns(arns: Sequence[str]) -> list[int]:
    """Return the sizes of layer versions; LocalStack refuses those that do not exist."""
    sizes = []
    for arn in arns:
        if api_utils.is_layer_arn(arn):
            region, account, name, version = api_utils.parse_layer_arn(arn)
            layer = lambda_stores[account][region].layers.get(name)
            if layer and (found := layer.layer_versions.get(version)):
                sizes.append(unzipped_bytes(found.code))
    return sizes


def _function(context: RequestContext) -> VersionFunctionConfiguration | None:
    """Return the configuration of the function to update, if it exists and is deployed from a zip file."""
    name = context.service_request["FunctionName"]
    account, region = api_utils.get_account_and_region(name, context)
    name, _ = api_utils.get_name_and_qualifier(name, None, context)
    function = lambda_stores[account][region].functions.get(name)
    configuration = function.latest().config if function else None
    return configuration if configuration and configuration.code else None
