"""Deployment of functions and layers from files.

Lab 01 does all of this call by call; later labs use these three functions.
"""

import io
import os
import stat
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend.lab_like import LabLike
from helpers.errors import PackageError

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can hold

WAIT = {"Delay": 0.1, "MaxAttempts": 600}  # a minute; botocore's own delay of 1 s is for AWS's pace

# What a function has when create_function is not told otherwise (Lambda API reference, CreateFunction, 2026-11).
DEFAULTS = {"Timeout": 3, "MemorySize": 128, "Description": "", "Environment": {"Variables": {}}, "Layers": []}


def zip_code(files: Mapping[str, str | bytes] | Path, *, compress: bool = False) -> bytes:
    """Return a deployment package with `files`: {path in the package: content}, a folder, or one file.

    The same files give the same bytes, so that CodeSha256 tells whether code differs: fixed timestamps
    (1980-01-01), sorted names, mode 0644, or 0755 for `bootstrap` and for what is executable in a folder.
    Contents are stored uncompressed; `compress` makes them smaller, by an amount that depends on the machine.

    Raises: PackageError if there are no files, `files` is one text, or a path is not a plain relative one.
    """
    if isinstance(files, str | bytes):
        raise PackageError('The files are one text, without a name: give {"index.js": text}, or Path("folder").')
    entries = _entries(files) if isinstance(files, Path) else {name: (data, False) for name, data in files.items()}
    if not entries:
        raise PackageError("There are no files to zip: give at least the file with the handler.")
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, (data, executable) in sorted(entries.items()):
            if name.startswith("/") or "\\" in name or not {"", ".", ".."}.isdisjoint(name.split("/")):
                raise PackageError(f"{name!r} is not a path inside a package: use one such as 'lib/index.js'.")
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, whatever this machine is: the mode is only read then
            entry.external_attr = (stat.S_IFREG | (0o755 if executable or name == "bootstrap" else 0o644)) << 16
            entry.compress_type = archive.compression
            archive.writestr(entry, data)
    return package.getvalue()


def deploy(
    lab: LabLike,
    name: str,
    files: Mapping[str, str | bytes] | Path,
    *,
    compress: bool = False,
    **configuration: Any,
) -> dict[str, Any]:
    """Create the function `name`, or update the existing one to this state, and wait until it can be invoked.

    `files` and `compress` as for `zip_code`; `configuration` the parameters of CreateFunction in AWS's spelling
    (Runtime, Handler, Role, an ARN, by default `lab.role`, Timeout in s, MemorySize in MB, Environment, Layers...).
    A setting that you leave out is reset to AWS's default, whatever an earlier deployment set; only TenancyConfig is
    for ever (API Reference, "TenancyConfig", 2026-11).

    Returns: the function's configuration (GetFunctionConfiguration) without ResponseMetadata.
    Raises: PackageError for the files, botocore.exceptions.ClientError for what AWS refuses,
    botocore.exceptions.ParamValidationError for a parameter that CreateFunction does not have.
    """
    api = lab.client("lambda")
    package = zip_code(files, compress=compress)
    settings = {"Role": lab.role, **DEFAULTS, **configuration}
    try:
        before = api.get_function_configuration(FunctionName=name)
    except api.exceptions.ResourceNotFoundException:
        _when_role_is_ready(lambda: api.create_function(FunctionName=name, Code={"ZipFile": package}, **settings))
    else:
        code = {key: settings.pop(key) for key in ("Architectures", "Publish") if key in settings}
        if settings.get("TenancyConfig") == before.get("TenancyConfig"):
            settings.pop("TenancyConfig", None)
        api.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig=WAIT)
        api.update_function_code(FunctionName=name, ZipFile=package, **code)
        api.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig=WAIT)
        _when_role_is_ready(lambda: api.update_function_configuration(FunctionName=name, **settings))
    api.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig=WAIT)
    api.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig=WAIT)
    return {k: v for k, v in api.get_function_configuration(FunctionName=name).items() if k != "ResponseMetadata"}


def layer(
    lab: LabLike,
    name: str,
    files: Mapping[str, str | bytes] | Path,
    *,
    runtimes: tuple[str, ...] = (),
    description: str = "",
    compress: bool = False,
) -> str:
    """Publish a new version of the layer `name` with `files` (and `compress`, as for `zip_code`); return its ARN.

    Paths begin with the folder that the runtime searches in `/opt`: `python/`, `nodejs/node_modules/`, `bin/`.
    `runtimes`: the compatible ones, such as ("python3.13",); none means any.

    Raises: PackageError for the files, botocore.exceptions.ClientError for what AWS refuses.
    """
    published = lab.client("lambda").publish_layer_version(
        LayerName=name,
        Description=description,
        Content={"ZipFile": zip_code(files, compress=compress)},
        **({"CompatibleRuntimes": list(runtimes)} if runtimes else {}),
    )
    return published["LayerVersionArn"]


def _when_role_is_ready(
    call: Callable[[], object], *, sleep: Callable[[float], object] = time.sleep, attempts: int = 15
) -> object:
    """Repeat `call` while a new role has not reached all of AWS yet, which takes some seconds."""
    for _ in range(attempts - 1):
        try:
            return call()
        except ClientError as error:
            if "cannot be assumed by Lambda" not in error.response["Error"]["Message"]:
                raise
            sleep(1)
    return call()


def _entries(path: Path) -> dict[str, tuple[bytes, bool]]:
    """Return {path in the package: (content, is it executable)} of a folder or of one file."""
    if path.is_file():
        return {path.name: (path.read_bytes(), os.access(path, os.X_OK))}
    if not path.is_dir():
        raise PackageError(f"{path} does not exist: give a folder or a file with the function's code.")
    return {
        file.relative_to(path).as_posix(): (file.read_bytes(), os.access(file, os.X_OK))
        for file in path.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
