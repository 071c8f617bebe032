"""A function's code: fetched, edited, deployed."""

import pytest
from fake_lambda import Lab

from helpers import zip_code
from helpers.errors import BackendError, PackageError
from helpers.widgets.console import code
from helpers.widgets.shared.calls import Calls


@pytest.fixture
def lab(tmp_path):
    return Lab(tmp_path)


def test_the_code_reads_as_text(lab):
    assert repr(code.fetch(Calls(lab), "HelloWorld")).splitlines() == [
        "Code HelloWorld · handler: index.handler · files: index.js, lib/words.js, logo",
        "index.js:",
        "exports.handler = 1;",
    ]


def test_a_deployment_changes_what_is_given_and_keeps_the_rest(lab):
    calls = Calls(lab)
    fetched = code.fetch(calls, "HelloWorld")
    deployment, now = code.deploy(calls, fetched, {"index.js": "new", "lib/words.js": "// Hello\n", "x.js": ""})
    assert lab.package == zip_code({"index.js": "new", "lib/words.js": "// Hello\n", "logo": b"\0", "x.js": ""})
    assert repr(deployment) == (f"Deployed HelloWorld · index.js, x.js · {len(lab.package)} bytes, CodeSha256 sha")
    assert now.package.texts["index.js"] == "new"
    assert [call.operation for call in calls.made] == [
        "get_function", "update_function_code", "function_updated_v2", "get_function_configuration"
    ]  # fmt: skip


def test_a_large_package_is_not_for_the_editor(lab, monkeypatch):
    monkeypatch.setattr(code, "LARGEST", 10)
    with pytest.raises(PackageError, match='"HelloWorld" is too large to enable inline code editing'):
        code.fetch(Calls(lab), "HelloWorld")


def test_a_container_image_has_no_files(lab):
    lab.get_function = lambda FunctionName: {"Configuration": {}, "Code": {"ImageUri": "image"}}  # noqa: N803
    with pytest.raises(PackageError, match="runs a container image"):
        code.fetch(Calls(lab), "HelloWorld")


def test_a_failed_download_is_one_sentence(lab):
    def gone(*_, **__):
        raise OSError("HTTP Error 403")

    with pytest.raises(BackendError, match=r"cannot be downloaded \(HTTP Error 403\): try again"):
        code.fetch(Calls(lab), "HelloWorld", opener=gone)
