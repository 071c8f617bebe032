"""Lab 05's checks: a layer that is used, a version that exists, code that is what it was, a runtime of one's own."""

import base64
import hashlib
import io
import json

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.deployment import zip_code
from helpers.exercises import lab05
from helpers.exercises.evidence import packages
from helpers.state.home import ROOT


class Lab:
    """A lab whose functions answer as `answers` tell, {name: event -> payload}; a copy without a layer as "copy"."""

    def __init__(self, monkeypatch, configuration: dict, layers=(), versions=(), files=("index.js",), **answers):
        self.configuration = {"CodeSize": 200, **configuration}
        self.configuration["Layers"] = [{"Arn": f"arn:aws:lambda:us-east-1:000000000000:layer:{one}"} for one in layers]
        self.versions = [{"Version": int(version.partition(":")[2])} for version in versions]
        self.package = zip_code(dict.fromkeys(files, ""))
        self.layer = zip_code({"words.json": '{"greeting": "Bonjour"}'})
        self.answers, self.made, self.deleted = answers, [], []
        monkeypatch.setattr(lab05, "invoke", self.invoke)
        for function in (packages.package_files, packages.layer_file):
            monkeypatch.setitem(function.__kwdefaults__, "opener", self.open)
        monkeypatch.setitem(packages.without_layer.__wrapped__.__kwdefaults__, "opener", self.open)

    def invoke(self, lab, function, event):
        known = function.partition("-")[2]
        answer = self.answers["copy" if known.startswith("check-") else known]
        return FunctionResponse(answer(event if known == "capitals" else event["name"]), None, "r")

    def open(self, location, timeout):
        return io.BytesIO({"package": self.package, "layer": self.layer}[location])

    def client(self, service):
        return self

    def get_function_configuration(self, **_):
        return self.configuration

    def get_function(self, **_):
        filled = {"Runtime": "", "Handler": "", "Role": "", "Timeout": 3, "MemorySize": 128, "Architectures": []}
        return {"Configuration": filled | self.configuration, "Code": {"Location": "package"}}

    def list_layer_versions(self, **_):
        return {"LayerVersions": self.versions}

    def get_layer_version(self, **_):
        return {"Content": {"Location": "layer"}}

    def create_function(self, **asked):
        self.made.append(asked)

    def delete_function(self, FunctionName):  # noqa: N803 (AWS's spelling)
        self.deleted.append(FunctionName)

    def get_waiter(self, name):
        return self

    def wait(self, **_): ...


def shouts(name):
    return f"{name.upper()}!"


def fails(name):
    return {"errorType": "Runtime.ImportModuleError"}


@pytest.mark.parametrize(
    ("shouter", "copy", "passed", "found"),
    [
        (shouts, fails, True, '"ADA!", from 200 bytes with the layer lab05-shout:1'),
        (shouts, shouts, False, '"ADA!", but the same package shouts without lab05-shout, too'),
        (lambda name: "ADA!", fails, False, '"ADA!", but not the same for another name'),
    ],
)
def test_a_layer_counts_if_the_function_shouts_by_it_and_at_anybody(monkeypatch, shouter, copy, passed, found):
    lab = Lab(monkeypatch, {}, ["lab05-other:1", "lab05-shout:1"], shouter=shouter, copy=copy)
    check = lab05.share_a_module.check(lab)
    assert (check.passed, check.actual.replace("layers lab05-other:1, ", "layer ")) == (passed, found)
    assert [one["FunctionName"] for one in lab.made] == lab.deleted
    assert all(one["Layers"][0].endswith(":lab05-other:1") and len(one["Layers"]) == 1 for one in lab.made)


@pytest.mark.parametrize("existing", [["lab05-words:2"], ["lab05-words:2", "lab05-words:3"]])
def test_a_doorman_may_have_any_version_that_exists(monkeypatch, existing):
    lab = Lab(monkeypatch, {}, ["lab05-words:2"], existing, doorman=lambda name: f"Bonjour {name}")
    assert lab05.move_the_doorman.check(lab).passed


@pytest.mark.parametrize(
    ("existing", "says"),
    [(["lab05-words:3"], "Bonjour {}"), (["lab05-words:2"], "Bonjour Ada"), (["lab05-words:2"], "Hello {}")],
)
def test_a_doorman_with_a_deleted_version_or_with_other_words_has_not_moved(monkeypatch, existing, says):
    assert not lab05.move_the_doorman.check(
        Lab(monkeypatch, {}, ["lab05-words:2"], existing, doorman=says.format)
    ).passed


def overruled(monkeypatch, words='{"greeting": "Bonjour"}', code=lab05.GREETER):
    lab = Lab(monkeypatch, {"CodeSha256": code}, ["lab05-words:2", "lab05-mine:1"], greeter="Servus {}".format)
    lab.layer = zip_code({"words.json": words})
    return lab05.overrule_one_file.check(lab)


def test_a_word_is_overruled_by_a_layer_after_the_one_that_still_says_the_old(monkeypatch):
    assert overruled(monkeypatch).passed


@pytest.mark.parametrize("words", ['{"greeting": "Servus"}', "[]", "no JSON", ""])
def test_a_layer_that_was_changed_itself_is_not_overruled(monkeypatch, words):
    check = overruled(monkeypatch, words)
    assert not check.passed
    assert "of which lab05-words:2 says" in check.actual


def test_other_code_is_told_from_the_lab_s_own(monkeypatch):
    assert '"Servus Ada", by other code' in overruled(monkeypatch, code="x").actual


def test_the_old_code_is_what_the_notebook_deploys():
    notebook = json.loads((ROOT / "labs" / "05_layers.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    names: dict = {}
    exec(next(source for source in sources if source.startswith("greeter_py = ")), names)
    package = zip_code({"lambda_function.py": names["greeter_py"]})
    assert base64.b64encode(hashlib.sha256(package).digest()).decode() == lab05.GREETER


def capitals(event):
    return json.loads(json.dumps(event).upper())


@pytest.mark.parametrize(
    ("runtime", "files", "answer", "passed", "found"),
    [
        (
            "provided.al2023",
            ["text.sh"],
            capitals,
            True,
            '{"NAME": "ADA"}, from 200 bytes with the layer lab05-shell:1',
        ),
        ("python3.13", ["text.py"], capitals, False, "the runtime python3.13, and not provided.al2023"),
        ("provided.al2023", ["bootstrap"], capitals, False, "but a bootstrap in the package"),
        ("provided.al2023", ["text.sh"], lambda event: {"NAME": "ADA"}, False, "but not the same for another name"),
        (
            "provided.al2023",
            ["text.sh"],
            lambda event: {"NAME": "".join(event.values()).upper()},
            False,
            "but not the same for another name",
        ),
    ],
)
def test_a_handler_in_shell_runs_on_the_layer_and_answers_anything(monkeypatch, runtime, files, answer, passed, found):
    lab = Lab(monkeypatch, {"Runtime": runtime}, ["lab05-shell:1"], files=files, capitals=answer)
    check = lab05.write_a_handler_in_shell.check(lab)
    assert check.passed == passed
    assert check.actual.endswith(found)


def test_a_file_that_a_layer_lacks_is_none(monkeypatch):
    assert packages.layer_file(Lab(monkeypatch, {}), "lab05-words:2", "other.json") is None
