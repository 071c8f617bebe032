"""What `helpers` exports."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

MODULES = sorted(Path(helpers.__file__).parent.glob("*.py"))


def test_the_exported_names_are_sorted_and_few():
    assert helpers.__all__ == sorted(helpers.__all__)
    assert len(helpers.__all__) <= 7


@pytest.mark.parametrize("name", helpers.__all__)
def test_every_exported_name_is_there_and_documented(name):
    assert inspect.getdoc(getattr(helpers, name))


def test_every_public_member_of_lab_is_documented():
    members = {name: value for name, value in vars(helpers.Lab).items() if not name.startswith("_")}
    assert {"check", "client", "hint", "progress", "reset", "role", "solution"} <= set(members)
    assert [name for name, value in members.items() if not inspect.getdoc(value)] == []


@pytest.mark.parametrize("name", ["Lab.check", "Lab.client", "Lab.reset", "deploy", "layer", "zip_code", "logs.fetch"])
def test_documentation_says_what_is_returned_or_raised(name):
    value = helpers
    for part in name.split("."):
        value = getattr(value, part)
    assert any(word in inspect.getdoc(value) for word in ("Raises", "Return", "return"))


def test_an_unknown_name_is_an_attribute_error_that_lists_the_known_ones():
    with pytest.raises(AttributeError, match="it has Lab, LabError"):
        helpers.Laboratory  # noqa: B018


def test_a_submodule_never_hides_an_exported_function():
    import helpers.deployment

    assert all(inspect.isfunction(value) for value in (helpers.deploy, helpers.layer, helpers.zip_code))


def imported_by(statement):
    program = f"import sys; old = set(sys.modules); {statement}; print(*sorted(set(sys.modules) - old))"
    new = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=MODULES[0].parents[1]
    )
    return new.stdout.split()


def test_importing_helpers_imports_nothing_else():
    new = imported_by("import helpers")
    assert [name for name in new if name.partition(".")[0] in ("boto3", "botocore", "localstack_client")] == []
    assert "helpers.lab" not in new


def test_importing_lab_and_the_exercises_of_every_lab_imports_no_widget():
    new = imported_by("from helpers import Lab, exercises; [exercises.load(number) for number in exercises.numbers()]")
    assert "helpers.lab" in new and "helpers.exercises.lab07" in new
    assert [name for name in new if name.startswith("helpers.widgets")] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_module_has_star_imports(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    stars = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    assert stars == []
