"""Run in the engine's environment, for test_patches: print as JSON what is wrong with each row of the patches.

{"missing": […], "source": […], "signature": […], "held": […]}, a sentence each.
"""

import importlib
import inspect
import json
import sys

from helpers.engine import patches
from helpers.engine.patching import Patch

IMPORTED = (  # what an engine has imported when labs have run; a module that is imported later finds what is new
    *(
        f"localstack.services.{name}.provider"
        for name in ("apigateway.next_gen", "lambda_", "s3", "sqs", "sns", "logs")
    ),
    *(f"localstack.services.{name}.provider" for name in ("cloudformation", "cloudwatch", "events", "iam", "sts")),
    "localstack.aws.app",
    "localstack.runtime.main",
    "localstack.services.sqs.query_api",
    "localstack.services.lambda_.urlrouter",
)


def main() -> None:
    found: dict[str, list[str]] = {"missing": [], "source": [], "signature": [], "held": []}
    originals = []
    for row in patches.all_rows():
        try:
            owner = row.owner
            original = row.original
        except (ImportError, AttributeError) as error:
            found["missing"].append(f"{row.target}: {error}")
            continue
        source = row.fingerprint()
        if source != row.source and (row.source or callable(original)):
            found["source"].append(f"{row.target}: {source}, the row has {row.source}: read the patch again")
        if callable(row.new) and (why := disagreement(original, row)):
            found["signature"].append(f"{row.target}: {why}")
        originals.append((row, owner, original))
    at_start = set(map(id, patches.ROWS))
    for row, _, _ in originals:
        if id(row) in at_start:
            row.apply()
    for name in IMPORTED:
        importlib.import_module(name)
    for row, owner, original in originals:
        found["held"] += held(row, owner, original)
    json.dump(found, sys.stdout)


def disagreement(original: object, row: Patch) -> str:
    """Say which argument of the original the new function does not take, "" if it takes all."""
    if inspect.isclass(original):
        return ""
    try:
        old, new = (list(inspect.signature(one).parameters.values()) for one in (original, row.new))
    except (TypeError, ValueError):  # written in C
        return ""
    new = new[1:] if row.around else new
    rest = any(one.kind is one.VAR_POSITIONAL for one in new)
    named = any(one.kind is one.VAR_KEYWORD for one in new)
    for place, one in enumerate(old):
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            continue
        there = next((other for other in new if other.name == one.name), None)
        if there is None and not (named and (rest or one.kind is one.KEYWORD_ONLY or one.default is not one.empty)):
            if place < len(new) and new[place].kind is not new[place].KEYWORD_ONLY and one.name in ("self", "cls"):
                continue
            return f"{one.name} is not taken"
    taken = {one.name for one in old}
    for one in new:
        needed = one.default is one.empty and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
        if needed and one.name not in taken and one.name != "self":
            return f"{one.name} is not given"
    return ""


def held(row: Patch, owner: object, original: object) -> list[str]:
    """Modules that will go on using the original of a function that is replaced where it is defined."""
    if not (inspect.isfunction(original) and inspect.ismodule(owner) and original.__module__ == owner.__name__):
        return []
    covered = {other.target for other in patches.all_rows()}
    return [
        f"{row.target}: {name}.{key} is the original still"
        for name, module in list(sys.modules.items())
        if name.startswith(("localstack", "moto")) and module is not owner and name not in row.left_in.split()
        for key, value in list(vars(module).items())
        if value is original and f"{name}:{key}" not in covered
    ]


main()
