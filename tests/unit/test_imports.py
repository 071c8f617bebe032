"""The rule for imports in helpers/: they go down or stay within their folder, and never in a circle."""

import ast
import sys
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]

# From top to bottom: folders and modules of helpers/, and of helpers/engine/. Those of one line may import each other.
KERNEL = (
    ("__main__",),
    ("doctor", "lab", "room", "widgets"),
    ("exercises",),
    ("cleanup", "cost", "deployment", "iam", "jupyter", "logs", "packages"),
    ("backend", "log_lines", "setup"),
    ("state",),
    ("errors", "table"),
)
ENGINE = (
    ("__main__",),
    ("patches", "patching", "plugins"),
    (
        "apigateway",
        "apigatewayv2",
        "cloudformation",
        "cloudwatch",
        "dynamodb",
        "events",
        "iam",
        "kinesis",
        "lambda_",
        "logs",
        "s3",
        "scheduler",
        "secretsmanager",
        "server",
        "sns",
        "sqs",
        "ssm",
        "stepfunctions",
    ),
    ("in_turn", "lineage"),
    ("execution",),
    ("allocator", "settings"),
)
FROM_THE_KERNELS_SIDE = {"helpers.state.home", "helpers.backend.credentials"}  # and nothing else, in the engine
WITHOUT_LOCALSTACK = ("helpers.engine.execution.", "helpers.engine.iam.policy_evaluation.")


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(file): file for file in sorted((ROOT / "helpers").rglob("*.py"))}


def imported(module: str, source: str) -> Iterator[str]:
    """Yield every name that `source` imports, in functions too: modules of ours by their name, of others as written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module if FILES[module].stem == "__init__" else module.rpartition(".")[0]
            above = package.rsplit(".", node.level - 1)[0] if node.level else None
            source_module = ".".join(filter(None, (above, node.module)))
            names = (f"{source_module}.{alias.name}" for alias in node.names)
            yield from (name if name in FILES else source_module for name in names)


IMPORTS = {module: sorted(set(imported(module, file.read_text("utf-8")))) for module, file in FILES.items()}
ARROWS = [(module, other) for module, others in IMPORTS.items() for other in others if other in FILES]


def side(module: str) -> str:
    return "engine" if f"{module}.".startswith("helpers.engine.") else "kernel"


def folder(module: str) -> str:
    """The folder or top-level module that an arrow starts from: "backend", or within the engine "lambda_"."""
    parts = module.split(".")[2 if side(module) == "engine" else 1 :]
    return parts[0] if parts else ""


def within(arrows: Iterable[tuple[str, str]], which: str) -> list[tuple[str, str]]:
    return [arrow for arrow in arrows if {side(arrow[0]), side(arrow[1])} == {which}]


def circle(arrows: Iterable[tuple[str, str]]) -> list[str]:
    """One circle of these arrows, [] if there is none."""
    graph: dict[str, set[str]] = {}
    for start, end in arrows:
        graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.mark.parametrize(("which", "layers"), [("kernel", KERNEL), ("engine", ENGINE)])
def test_every_import_goes_down_or_stays_in_its_layer(which, layers):
    rank = {name: number for number, layer in enumerate(layers) for name in layer}
    modules = {module for module in FILES if side(module) == which and folder(module)}
    assert {folder(module) for module in modules} <= set(rank), "each folder has a place in the rule"
    arrows = [(start, end) for start, end in within(ARROWS, which) if start in modules and end in modules]
    assert [f"{start} -> {end}" for start, end in arrows if rank[folder(start)] > rank[folder(end)]] == []


@pytest.mark.parametrize("which", ["kernel", "engine"])
def test_no_folders_import_each_other_in_a_circle(which):
    arrows = {(folder(start), folder(end)) for start, end in within(ARROWS, which)}
    assert circle((start, end) for start, end in arrows if start != end) == []


def test_no_modules_import_each_other_in_a_circle():
    assert circle(ARROWS) == []


def test_the_kernels_side_never_imports_the_engine():
    assert [arrow for arrow in ARROWS if side(arrow[0]) == "kernel" and side(arrow[1]) == "engine"] == []


def test_the_engine_imports_two_modules_of_the_kernels_side():
    found = {end for start, end in ARROWS if side(start) == "engine" and side(end) == "kernel"}
    assert found <= FROM_THE_KERNELS_SIDE


def test_what_needs_no_localstack_imports_none():
    found = [
        f"{module} -> {name}"
        for module, names in IMPORTS.items()
        if module.startswith(WITHOUT_LOCALSTACK)
        for name in names
        if name.partition(".")[0] in ("localstack", "moto")
    ]
    assert found == []


def reachable(modules: Iterable[str]) -> set[str]:
    """These modules and all of ours that they import, directly or not."""
    found, left = set(), set(modules)
    while left:
        found |= left
        left = {end for start, end in ARROWS if start in found} - found
    return found


def test_the_set_up_and_what_the_engine_shares_need_the_standard_library_only():
    setup = {module for module in FILES if f"{module}.".startswith("helpers.setup.")}
    known = {*sys.stdlib_module_names, "helpers"}
    found = [
        f"{module} -> {name}"
        for module in reachable(setup | FROM_THE_KERNELS_SIDE)
        for name in IMPORTS[module]
        if name.partition(".")[0] not in known
    ]
    assert found == []


def test_modules_are_short():
    lengths = {module: len(file.read_text("utf-8").splitlines()) for module, file in FILES.items()}
    assert {module: lines for module, lines in lengths.items() if lines > 250} == {}
    assert median(lengths.values()) <= 90
