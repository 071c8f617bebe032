"""Lab 03, Updates: exercises. Each is judged by what AWS knows about HelloWorld: variables, aliases, versions."""

from helpers.checks import Check, exercise
from helpers.cleanup import Owns

TITLE = "Updates"
OWNS = Owns(
    functions=("HelloWorld", "HelloVariables"),
    roles=("lab03-hello",),
    users=("lab03-caller",),
    queues=("lab03-greetings",),
    code_signing_configs=("lab03",),
)
NEEDS = ("lambda", "iam")
SOLUTIONS = "labs/solutions/03_updates.py"
PREFIX = "[dev] "  # what the notebook sets
GOLD_MB = 1024


@exercise(
    "3.1",
    "Go to production",
    desired=f"ENVIRONMENT production and APP_PREFIX {PREFIX!r}, nothing else",
    hints=[
        "Start from what is set: read the variables, change one, send all.",
        "GetFunctionConfiguration gives Environment.Variables, UpdateFunctionConfiguration replaces them as a whole.",
        f"The explained solution is block 3.1 in {SOLUTIONS}.",
    ],
)
def go_to_production(lab) -> Check:
    """`$LATEST` of `HelloWorld` has both variables, one of them changed."""
    found = lab.client("lambda").get_function_configuration(FunctionName="HelloWorld")
    variables = found.get("Environment", {}).get("Variables", {})
    words = [f"{name} {value!r}" for name, value in sorted(variables.items())]
    passed = variables == {"ENVIRONMENT": "production", "APP_PREFIX": PREFIX}
    return Check(passed, " and ".join(words) or "no variables")


@exercise(
    "3.2",
    "Try it on friends",
    desired="beta: versions 1 and 2, half each; live: one version",
    hints=[
        "An alias points at one version, and gives a second one a weight: the first has the rest.",
        'CreateAlias with FunctionVersion and RoutingConfig={"AdditionalVersionWeights": {...}}.',
        f"The explained solution is block 3.2 in {SOLUTIONS}.",
    ],
)
def try_it_on_friends(lab) -> Check:
    """The alias `beta` routes half and half, and `live` routes nothing elsewhere."""
    beta, live = _routes(lab, "beta"), _routes(lab, "live")
    passed = beta == {"1": 0.5, "2": 0.5} and len(live) == 1
    return Check(passed, f"beta: {_in_words(beta)}; live: {_in_words(live)}")


@exercise(
    "3.3",
    "Offer gold",
    desired=f"gold: {GOLD_MB} MB, the code of premium",
    hints=[
        "Only the memory of $LATEST has to change before you publish.",
        "UpdateFunctionConfiguration, the waiter, PublishVersion, CreateAlias.",
        f"The explained solution is block 3.3 in {SOLUTIONS}.",
    ],
)
def offer_gold(lab) -> Check:
    """The alias `gold` points at a published version with that memory and the code of `premium`."""
    api = lab.client("lambda")
    gold, premium = (api.get_function_configuration(FunctionName=f"HelloWorld:{name}") for name in ("gold", "premium"))
    same = gold["CodeSha256"] == premium["CodeSha256"]
    published = gold["Version"] != "$LATEST"
    found = f"gold: {gold['MemorySize']} MB, {'the' if same else 'not the'} code of premium"
    if not published:
        found += ", on $LATEST, which can still change"
    return Check(gold["MemorySize"] == GOLD_MB and same and published, found)


@exercise(
    "3.4",
    "Throw away what nobody uses",
    desired="the aliases live, standard and premium, no alias beta, and no version that no alias needs",
    hints=[
        "First the alias beta. Then make two lists: the versions there are, and those that aliases name.",
        "DeleteAlias; ListVersionsByFunction, ListAliases, and DeleteFunction with Qualifier.",
        f"The explained solution is block 3.4 in {SOLUTIONS}.",
    ],
)
def throw_away_what_nobody_uses(lab) -> Check:
    """Every published version of `HelloWorld` is one that an alias needs; of the aliases only `beta` is gone.

    With `beta` of exercise 3.2, every version would be needed from the start.
    """
    api = lab.client("lambda")
    versions = {v["Version"] for v in _pages(api, "list_versions_by_function", "Versions")} - {"$LATEST"}
    names = [alias["Name"] for alias in _pages(api, "list_aliases", "Aliases")]
    needed = {version for name in names for version in _routes(lab, name)}
    missing = {"live", "standard", "premium"} - set(names)
    unused = sorted(versions - needed, key=int)
    found = [f"no alias {name}" for name in sorted(missing)]
    found += ["alias beta is there"] if "beta" in names else []
    found.append(f"unused: {', '.join(unused)}" if unused else "every version is needed")
    return Check(not missing and "beta" not in names and not unused, "; ".join(found))


def _routes(lab, alias: str) -> dict[str, float]:
    """Return {version: share} of an alias of HelloWorld. Raises: ResourceNotFoundException if there is none."""
    found = lab.client("lambda").get_alias(FunctionName="HelloWorld", Name=alias)
    weights = found.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    return {found["FunctionVersion"]: round(1 - sum(weights.values()), 6), **weights}


def _in_words(routes: dict[str, float]) -> str:
    return " and ".join(f"version {version} with {share:.0%}" for version, share in sorted(routes.items()))


def _pages(api, operation: str, key: str):
    for page in api.get_paginator(operation).paginate(FunctionName="HelloWorld"):
        yield from page[key]
