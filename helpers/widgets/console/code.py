"""A function's code: fetched, and deployed again with some files changed, as the console's Code tab does."""

import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.errors import BackendError, PackageError
from helpers.widgets.console.package import Package
from helpers.widgets.shared.calls import Calls

LARGEST = 3 * 1024 * 1024  # bytes of a package; Lambda Developer Guide, "Lambda quotas": 3 MB in the console's editor


@dataclass(frozen=True)
class Code:
    """The package of `function`, and its handler, such as "index.handler"."""

    function: str
    handler: str
    package: Package

    def __repr__(self) -> str:
        parts = [f"Code {self.function} · handler: {self.handler} · files: {', '.join(self.package.names)}"]
        file = self.package.file_of(self.handler)
        return "\n".join([*parts, *([f"{file}:", self.package.texts[file].rstrip()] if file else [])])


@dataclass(frozen=True)
class Deployment:
    """A deployment: files that were added or changed, size in bytes and CodeSha256 of the package."""

    function: str
    files: tuple[str, ...]
    code_size: int
    code_sha256: str

    def __repr__(self) -> str:
        files = ", ".join(self.files) or "nothing changed"
        return f"Deployed {self.function} · {files} · {self.code_size} bytes, CodeSha256 {self.code_sha256}"


def fetch(calls: Calls, function: str, *, opener: Callable[..., Any] = urllib.request.urlopen) -> Code:
    """Return the code of `function` ($LATEST).

    Raises: what AWS answers, PackageError if it cannot be edited here, BackendError if it cannot be downloaded.
    """
    answer = calls("lambda", "get_function", FunctionName=function)
    configuration, location = answer["Configuration"], answer["Code"].get("Location")
    if location is None:
        raise PackageError(f"{function} runs a container image: build a new image to change its code.")
    if configuration["CodeSize"] > LARGEST:
        # The first two sentences are the console's own (2026-11).
        raise PackageError(
            f'The deployment package of your Lambda function "{function}" is too large to enable inline code editing. '
            "However, you can still invoke your function. Deploy changes with deploy(...)."
        )
    try:
        with opener(location, timeout=60) as response:
            package = Package.read(response.read())
    except OSError as error:  # urllib's errors are such
        raise BackendError(f"The package of {function} cannot be downloaded ({error}): try again.") from error
    return Code(function, configuration["Handler"], package)


def deploy(calls: Calls, code: Code, files: Mapping[str, str]) -> tuple[Deployment, Code]:
    """Deploy `code` with `files`, {path: text}, in place; wait until it is active. Return both.

    Raises: what AWS answers, PackageError for an invalid path, botocore.exceptions.WaiterError if it is not active
    after a minute.
    """
    package = code.package.edited(files)
    calls("lambda", "update_function_code", FunctionName=code.function, ZipFile=package)
    calls.wait("lambda", "function_updated_v2", FunctionName=code.function)
    now = calls("lambda", "get_function_configuration", FunctionName=code.function)
    before = code.package.texts
    changed = tuple(sorted(name for name, text in files.items() if before.get(name) != text))
    deployment = Deployment(code.function, changed, now["CodeSize"], now["CodeSha256"])
    return deployment, Code(code.function, now["Handler"], Package.read(package))
