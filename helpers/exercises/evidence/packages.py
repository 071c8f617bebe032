"""Deployment packages and layers in the backend, and a copy of a function without a layer."""

import io
import urllib.request
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from helpers.backend.session import Connection
from helpers.deployment import WAIT
from helpers.exercises.evidence.answers import variables_of

Opener = Callable[..., Any]  # as urllib.request.urlopen


def configuration(lab: Connection, function: str) -> dict[str, Any]:
    """Return the configuration of `function`."""
    return lab.client("lambda").get_function_configuration(FunctionName=function)


def layers(lab: Connection, function: str) -> list[str]:
    """Return the layer versions of `function`, as "name:version", in their order."""
    return [":".join(used["Arn"].split(":")[-2:]) for used in configuration(lab, function).get("Layers", [])]


def layers_in_words(found: list[str]) -> str:
    """Return layer versions in words."""
    return f"the layer{'s' * (len(found) > 1)} {', '.join(found)}" if found else "no layer"


def versions(lab: Connection, layer: str) -> list[str]:
    """Return the versions of `layer` that exist, as "name:version"."""
    found = lab.client("lambda").list_layer_versions(LayerName=layer)["LayerVersions"]
    return [f"{layer}:{version['Version']}" for version in found]


def layer_file(lab: Connection, version: str, path: str, *, opener: Opener = urllib.request.urlopen) -> bytes | None:
    """Return the file at `path` in the layer `version`, "name:version"; None if it has no such file."""
    name, _, number = version.partition(":")
    found = lab.client("lambda").get_layer_version(LayerName=name, VersionNumber=int(number))
    with _opened(found["Content"]["Location"], opener) as archive:
        return archive.read(path) if path in archive.namelist() else None


def package_files(lab: Connection, function: str, *, opener: Opener = urllib.request.urlopen) -> list[str]:
    """Return the paths in the deployment package of `function`."""
    with _opened(lab.client("lambda").get_function(FunctionName=function)["Code"]["Location"], opener) as archive:
        return archive.namelist()


@contextmanager
def without_layer(
    lab: Connection, function: str, layer: str, *, opener: Opener = urllib.request.urlopen
) -> Iterator[str]:
    """Make a copy of `function` without `layer` for the time of the block, and give its name."""
    api, copy = lab.client("lambda"), f"lab05-check-{uuid.uuid4().hex[:8]}"  # a name that Lab.reset would remove too
    found = api.get_function(FunctionName=function)
    package = _read(found["Code"]["Location"], opener)
    original = found["Configuration"]
    kept = [used["Arn"] for used in original.get("Layers", []) if used["Arn"].split(":")[-2] != layer]
    settings = {key: original[key] for key in ("Runtime", "Handler", "Role", "Timeout", "MemorySize", "Architectures")}
    variables = {"Variables": variables_of(original)}
    try:
        api.create_function(
            FunctionName=copy, Code={"ZipFile": package}, Layers=kept, Environment=variables, **settings
        )
        api.get_waiter("function_active_v2").wait(FunctionName=copy, WaiterConfig=WAIT)
        yield copy
    finally:
        try:
            api.delete_function(FunctionName=copy)
        except api.exceptions.ResourceNotFoundException:
            pass


def _opened(location: str, opener: Opener) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(_read(location, opener)))


def _read(location: str, opener: Opener) -> bytes:
    with opener(location, timeout=60) as response:
        return response.read()
