"""The tours: a package's docstring names every module and folder in it; `labNN` stands for those of the labs."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOPS = (ROOT / "helpers", ROOT / "classroom")
PACKAGES = sorted(file.parent.relative_to(ROOT) for top in TOPS for file in top.rglob("__init__.py"))


@pytest.mark.parametrize("package", PACKAGES, ids=str)
def test_a_packages_tour_names_every_module_and_folder_in_it(package):
    tour = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))) or ""
    modules = {re.sub(r"^lab\d\d$", "labNN", file.stem) for file in (ROOT / package).glob("*.py")} - {"__init__"}
    folders = {file.parent.name for file in (ROOT / package).glob("*/__init__.py")}
    assert (modules | folders) - set(re.findall(r"\w+", tour)) == set()


def test_every_folder_with_modules_has_a_tour():
    folders = {file.parent.relative_to(ROOT) for top in TOPS for file in top.rglob("*.py")}
    assert folders - set(PACKAGES) == set()
