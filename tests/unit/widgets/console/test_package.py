"""A package in the editor: text is edited, all else stays as it was."""

import io
import zipfile

import pytest

from helpers import zip_code
from helpers.errors import PackageError
from helpers.widgets.console.package import EDITABLE, Package

FILES = {"index.js": "one\n", "lib/two.js": "two\n", "logo.png": b"\x89PNG\0", "bootstrap": "#!/bin/sh\n"}


@pytest.fixture
def package():
    return Package.read(zip_code(FILES))


def test_an_edited_package_is_the_one_that_deploy_would_make(package):
    assert package.edited({"index.js": "new\n"}) == zip_code({**FILES, "index.js": "new\n"})
    assert package.edited({"new/file.js": "x"}) == zip_code({**FILES, "new/file.js": "x"})
    assert package.edited({}) == zip_code(FILES)


def test_modes_and_compression_stay():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        tool = zipfile.ZipInfo("bin/tool", (2020, 2, 2, 2, 2, 2))
        tool.external_attr = 0o100755 << 16
        archive.writestr(tool, "x" * 99, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("lib/"), "")
    edited = zipfile.ZipFile(io.BytesIO(Package.read(made.getvalue()).edited({"bin/tool": "y" * 99})))
    entry = edited.getinfo("bin/tool")
    assert (entry.external_attr >> 16, entry.compress_type) == (0o100755, zipfile.ZIP_DEFLATED)
    assert edited.read("bin/tool") == b"y" * 99


def test_only_text_is_offered_for_editing(package):
    assert list(package.texts) == ["bootstrap", "index.js", "lib/two.js"]
    assert Package.read(zip_code({"a": b"\xff\xfe", "b": "x" * (EDITABLE + 1)})).texts == {}


@pytest.mark.parametrize(
    ("handler", "file"),
    [("index.handler", "index.js"), ("lib/two.handler", "lib/two.js"), ("lib.two.handler", "lib/two.js"),
     ("nothing.handler", "bootstrap"), ("bootstrap", "bootstrap")],
)  # fmt: skip
def test_the_file_of_the_handler_comes_first(package, handler, file):
    assert package.file_of(handler) == file


def test_a_package_without_text_has_no_file_to_open():
    assert Package.read(zip_code({"a": b"\0"})).file_of("a.handler") is None


def test_a_file_that_is_not_a_package_is_one_sentence(package):
    with pytest.raises(PackageError, match="cannot be read"):
        Package.read(b"PK no")
    with pytest.raises(PackageError, match="not a path inside a package"):
        package.edited({"../x": ""})
