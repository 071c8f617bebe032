"""Compare the policy evaluator with @cloud-copilot/iam-simulate."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from helpers.engine.iam.policy_evaluation import PolicySet, Principal, Request, evaluate, parse

from . import cases
from .differences import DIFFERENCES

PRINCIPALS = {
    cases.USER: Principal("user", cases.USER, cases.HERE),
    cases.SESSION: Principal("role session", cases.SESSION, cases.HERE, role_arn=cases.ROLE),
    cases.SERVICE: Principal("service", service=cases.SERVICE),
    None: Principal("anonymous"),
}


def ours(case: dict[str, Any]) -> str:
    """What we decide: "allowed", "explicitDeny" or "implicitDeny"."""
    request = Request(
        PRINCIPALS[case["principal"]], case["action"], case["resource"], case["resourceAccount"], case["context"]
    )
    policies = PolicySet(
        identity=[parse(document, "identity") for document in case["identity"]],
        boundary=case["boundary"] and [parse(case["boundary"], "boundary")],
        session=case["session"] and [parse(case["session"], "session")],
        resource=case["resourcePolicy"] and parse(case["resourcePolicy"], "resource"),
    )
    return evaluate(request, policies).effect


def theirs(folder: Path, asked: list[dict[str, Any]]) -> list[Any]:
    """What the oracle decides; an object where it refuses the request or a policy."""
    run = subprocess.run(
        ["node", Path(__file__).with_name("oracle.mjs"), folder.resolve()],
        input="".join(json.dumps(case) + "\n" for case in asked),
        stdout=subprocess.PIPE,
        text=True,
    )
    if run.returncode:
        sys.exit("The oracle does not run: tests/differential/__init__.py says how to install it.")
    return [json.loads(line) for line in run.stdout.splitlines()]


def main() -> int:
    """Print the comparison; 1 if the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--oracle", type=Path, required=True, help="the folder where iam-simulate is installed")
    parser.add_argument("--cases", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="how many disagreements to print")
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    asked = [cases.case(random) for _ in range(arguments.cases)]
    triples = [(case, ours(case), said) for case, said in zip(asked, theirs(arguments.oracle, asked), strict=True)]
    answered = [triple for triple in triples if isinstance(triple[2], str)]
    differing = sorted((t for t in answered if t[1] != t[2]), key=lambda t: t[1] != "allowed")
    wrong = sum(own == "allowed" for _, own, _ in differing)
    for outcome, number in sorted(Counter(said for *_, said in answered).items()):
        print(f"{outcome:>14} {number:6} of {len(answered)}, by the oracle")
    print(
        f"{'disagreements':>14} {len(differing):6} ({len(differing) / len(answered):.2%}), {wrong} allowed by us alone"
    )
    print(f"{'not answered':>14} {len(triples) - len(answered):6}")
    for case, own, said in [*differing, *(t for t in triples if not isinstance(t[2], str))][: arguments.show]:
        print(f"\nours: {own}, the oracle's: {said}\n{json.dumps(case, indent=1)}")
    stale = 0
    for (why, case, own, their), said in zip(
        DIFFERENCES, theirs(arguments.oracle, [d[1] for d in DIFFERENCES]), strict=True
    ):
        if (ours(case), said) != (own, their):
            stale += 1
            print(f"\nNot as differences.py has it: ours {ours(case)}, the oracle's {said}: {why}")
    print(f"{'known':>14} {len(DIFFERENCES):6} differences, {stale} no longer as written")
    return int(bool(wrong or stale) or len(differing) > 0.002 * len(answered) or len(answered) < len(triples))


if __name__ == "__main__":
    sys.exit(main())
