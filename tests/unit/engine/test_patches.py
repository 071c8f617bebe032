"""The table of patches fits the LocalStack that is installed, and nothing is changed elsewhere.

When one of these fails after a new release: read LocalStack's source again, mend the patch or take it out, and give the
row the new fingerprint, which the message has.
"""

import ast
from pathlib import Path

import pytest
from engine_guard import found_by

from helpers.state.home import ROOT

ENGINE = ROOT / "helpers" / "engine"
GUARD = Path(__file__).with_name("patch_guard.py")
FOREIGN = ("localstack", "moto", "rolo", "twisted", "werkzeug", "botocore", "requests", "yaml")


@pytest.fixture(scope="module")
def wrong():
    """What the guard finds, in the engine's environment."""
    return found_by(GUARD)


def test_every_target_of_a_patch_is_there(wrong):
    assert wrong["missing"] == []


def test_the_source_of_every_target_is_the_one_that_the_patch_was_written_for(wrong):
    assert wrong["source"] == []


def test_every_patch_takes_the_arguments_of_its_target(wrong):
    assert wrong["signature"] == []


def test_no_module_goes_on_using_what_was_replaced(wrong):
    assert wrong["held"] == []


def assignments(tree):
    """The places where a name of LocalStack's, or of what it is built on, is set, deleted or added to its handlers."""
    theirs = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
        if (getattr(node, "module", None) or alias.name).partition(".")[0] in FOREIGN and not getattr(node, "level", 0)
    }
    for node in ast.walk(tree):
        targets = []
        if isinstance(node, (ast.Assign, ast.Delete)):
            targets = node.targets
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            targets = [node.target]
        elif isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in ("setattr", "delattr") and node.args:
                targets = [ast.Attribute(node.args[0], "")]
            elif called in ("append", "insert", "extend", "remove") and isinstance(node.func, ast.Attribute):
                targets = [node.func.value]
        for target in targets:
            root = target
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if root is not target and isinstance(root, ast.Name) and root.id in theirs:
                yield node.lineno


@pytest.mark.parametrize(
    "module",
    [path for path in sorted(ENGINE.rglob("*.py")) if "patches" not in path.relative_to(ENGINE).parts],
    ids=lambda path: str(path.relative_to(ENGINE)),
)
def test_no_name_of_localstack_or_moto_is_set_outside_the_patches(module):
    assert list(assignments(ast.parse(module.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from localstack import config\nconfig.PORT = 1",
        "from moto.iam import models\nmodels.Role.name = 1",
        "from moto.iam.models import Role\nsetattr(Role, 'name', 1)",
        "from localstack.aws import handlers\nhandlers.serve.append(1)",
        "import localstack.config\ndel localstack.config.PORT",
        "from localstack.runtimes import ALL\nALL[:] = []",
    ],
)
def test_the_test_above_sees_an_assignment(code):
    assert list(assignments(ast.parse(code)))
