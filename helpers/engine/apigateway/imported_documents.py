"""An OpenAPI or Swagger document that is to be imported: what AWS refuses of it, and what it warns of.

Public reports of AWS's sentences: "Unable to create model for 'body_1': Model name must be alphanumeric: body_1" after
"Errors found during import:" (edx/api-manager, pull request 259), "Reference to model 'SomeType' not found. Ignoring."
among the warnings (stacks of the CDK, 2026-11). What is said of other references that lead nowhere is
ours. LocalStack 4.9.2 takes any name, and fails with a 500 at what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import OpenAPIExt
from localstack.utils.json import parse_json_or_yaml
from localstack.utils.strings import to_str

from . import integrations, models

Document = dict[str, Any]
MODELS = ("#/definitions/", "#/components/schemas/")


def read(body: bytes, *, fail_on_warnings: bool = False) -> tuple[Document, list[str]]:
    """A document without references to models that it has not, and AWS's warnings. Raises: BadRequestException."""
    document = _parsed(body)
    for item in (document.get("paths") or {}).values():
        for described in [given for given in (item or {}).values() if isinstance(given, Mapping)]:
            for setting, value in (described.get(OpenAPIExt.INTEGRATION) or {}).items():
                integrations.check(f"/{setting}", value)
    defined = document.get("definitions") or (document.get("components") or {}).get("schemas") or {}
    wrong = [name for name in map(str, defined) if not models.NAME.fullmatch(name)]
    if wrong:
        found = [f"Unable to create model for '{name}': Model name must be alphanumeric: {name}" for name in wrong]
        raise BadRequestException("\n\t".join(["Errors found during import:", *found]))
    warnings: list[str] = []
    settled = _settled(document, document, "#", warnings)
    if warnings and fail_on_warnings:
        raise BadRequestException("\n\t".join(["Warnings found during import:", *warnings]))
    return settled, warnings


def _parsed(body: bytes) -> Document:
    try:
        document = parse_json_or_yaml(to_str(body))
    except Exception:  # whatever a parser raises
        document = None
    if not (isinstance(document, dict) and {"openapi", "swagger"} & set(document)):
        raise BadRequestException("Invalid OpenAPI input.")
    if not isinstance(document.get("info"), dict):
        raise BadRequestException("Invalid OpenAPI input. The document has no info.")
    return document


def _settled(node: Any, document: Document, path: str, warnings: list[str]) -> Any:
    """The node without references to models that are not there; models themselves are left as they are."""
    if f"{path}/" in MODELS:
        return node
    if isinstance(node, dict):
        return {
            key: _settled(value, document, f"{path}/{key}", warnings)
            for key, value in node.items()
            if not _dangles(value, document, warnings)
        }
    if isinstance(node, list):
        return [_settled(one, document, path, warnings) for one in node if not _dangles(one, document, warnings)]
    return node


def _dangles(node: Any, document: Document, warnings: list[str]) -> bool:
    """Whether it refers to a model that is not there. Raises: BadRequestException if it is something else."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return False
    found: Any = document
    for step in reference.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        found = {str(key): value for key, value in found.items()}.get(name) if isinstance(found, dict) else None
    if found is not None:
        return False
    if not reference.startswith(MODELS):
        raise BadRequestException(f"Invalid OpenAPI input. The reference {reference} leads nowhere.")
    warnings.append(f"Reference to model '{reference.rpartition('/')[2]}' not found. Ignoring.")
    return True
