"""The pages beside the labs: glossary, cheat sheet, and the list of facts (what it says: tests/unit/tools)."""

import ast
import re
from pathlib import Path

import boto3
import notebooks
import pytest

import helpers
from helpers.jupyter import working_copies
from helpers.lab import Lab
from helpers.state.home import ROOT

pytestmark = [pytest.mark.labs, pytest.mark.once]

PAGES = sorted((ROOT / "labs").glob("*.md"))
GLOSSARY, CHEATSHEET = ROOT / "labs" / "GLOSSARY.md", ROOT / "labs" / "CHEATSHEET.md"
WORDS = re.findall(r"^\| (?!word)([^|]+?) \| [^|]+ \| \[?(\d\d)\b", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
LABS = {lab.stem[:2]: lab for lab in notebooks.LABS}
CODE = re.findall(r"(?<!`)`([a-z_]+\.?\w*.*?\))`", CHEATSHEET.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))


def test_readme_leads_to_each_page():
    assert {f"labs/{page.name}" for page in PAGES} <= set(links(ROOT / "README.md"))


def test_links_of_the_pages_lead_to_files_in_labs_and_in_a_learners_folder(tmp_path):
    working_copies.bring(my=tmp_path / "my", home=tmp_path)
    for page in PAGES:
        assert page.read_bytes() == (tmp_path / "my" / page.name).read_bytes()
        for folder in (ROOT / "labs", tmp_path / "my"):
            assert [target for target in links(page) if not (folder / target).exists()] == []


def test_the_glossary_is_in_order_and_has_no_word_twice():
    words = [word.lower() for word, _ in WORDS]
    assert words == sorted(set(words))
    assert len(words) == GLOSSARY.read_text(encoding="utf-8").count("\n| ") - 1


@pytest.mark.parametrize(("word", "number"), WORDS, ids=[word for word, _ in WORDS])
def test_a_word_of_the_glossary_is_in_the_lab_that_it_names(word, number):
    texts = [text for cell in notebooks.read(LABS[number]).cells for text in (cell.source, *notebooks.texts(cell))]
    assert word.lower() in "\n".join(texts).lower()


def test_the_cheat_sheet_is_one_page():
    lines = CHEATSHEET.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 90


@pytest.mark.parametrize("code", [code for code in CODE if code.startswith("lambda_client.")])
def test_calls_of_the_cheat_sheet_are_boto3s_and_take_these_parameters(code):
    call = ast.parse(code).body[0].value
    client = boto3.client("lambda", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    if call.func.attr == "wait":
        assert call.func.value.args[0].value in client.waiter_names
        return
    operation = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[call.func.attr])
    given = {parameter.arg for parameter in call.keywords}
    assert given <= set(operation.input_shape.members)
    assert given >= set(operation.input_shape.required_members)


@pytest.mark.parametrize("code", [code for code in CODE if not code.startswith("lambda_client.")])
def test_helpers_of_the_cheat_sheet_are_there(code):
    function = ast.parse(code).body[0].value.func
    while isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute):
        function = function.value
    name = function.id if isinstance(function, ast.Name) else function.value.id
    if name == "lab":
        assert hasattr(Lab, function.attr)
    elif isinstance(function, ast.Attribute):
        assert hasattr(getattr(helpers, name), function.attr)
    else:
        assert name in helpers.__all__
