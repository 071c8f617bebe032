"""Lab 03, Updates: exercises. Checks read the variables, aliases and versions of HelloWorld."""

from helpers.backend import pages
from helpers.backend.lab_like import LabLike
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import variables_of
from helpers.exercises.near_misses import near_miss

ABOUT = About(
    title="Updates",
    you_will="change code and configuration; versions, aliases, a canary",
    minutes=40,
    builds_on=("01", "02"),
    place=(3, 0),
    owns=Owns(
        functions=("HelloWorld", "HelloVariables", "HelloStack"),
        users=("lab03-caller",),
        code_signing_configs=("lab03",),
        stacks=("lab03-hello",),
    ),
    needs=("lambda", "iam"),
)
PREFIX = "[dev] "  # what the notebook sets
MEMORY_MB = {"standard": 128, "premium": 512}  # what the notebook publishes
GOLD_MB = 1024


@exercise(
    "3.1",
    "Go to production",
    desired=f"ENVIRONMENT 'production' and APP_PREFIX {PREFIX!r}",
    hints=[
        f"Read the variables, change one, send all. If APP_PREFIX is gone by now, send {PREFIX!r} for it again.",
        "GetFunctionConfiguration gives Environment.Variables, UpdateFunctionConfiguration replaces them as a whole.",
    ],
    half="""
configuration = lambda_client.get_function_configuration(FunctionName="HelloWorld")
variables = {**configuration["Environment"]["Variables"], "ENVIRONMENT": ___}
lambda_client.update_function_configuration(FunctionName="HelloWorld", Environment={"Variables": ___})
wait()
""",
)
def go_to_production(lab: Connection) -> Check:
    """`$LATEST` of `HelloWorld` has both variables, one of them changed; others are up to the learner."""
    found = lab.client("lambda").get_function_configuration(FunctionName="HelloWorld")
    variables = variables_of(found)
    words = [f"{name} {value!r}" for name, value in sorted(variables.items())]
    passed = {"ENVIRONMENT": "production", "APP_PREFIX": PREFIX}.items() <= variables.items()
    near = [one for name in ("ENVIRONMENT", "APP_PREFIX") if (one := near_miss("variable", name, variables))]
    prefix = variables.get("APP_PREFIX", PREFIX)
    if prefix != PREFIX and prefix.strip() == PREFIX.strip():
        near.append("APP_PREFIX ends in a blank")
    return Check(passed, "; ".join([" and ".join(words) or "no variables", *near]))


@exercise(
    "3.2",
    "Try it on friends",
    desired="beta: versions 1 and 2, half each; live: version 1 alone",
    hints=[
        "An alias points at one version, and gives a second one a weight: the first has the rest.",
        'CreateAlias with FunctionVersion and RoutingConfig={"AdditionalVersionWeights": {...}}.',
    ],
    half="""
lambda_client.create_alias(
    FunctionName="HelloWorld",
    Name=___,
    FunctionVersion="1",
    RoutingConfig={"AdditionalVersionWeights": {___: ___}},
)
""",
)
def try_it_on_friends(lab: Connection) -> Check:
    """The alias `beta` routes half and half, and `live` is as the notebook left it: version 1 receives all calls."""
    beta, live = routes(lab, "beta"), routes(lab, "live")
    shares = {version: share for version, share in live.items() if share}  # a weight of 0 sends nobody anywhere
    passed = beta == {"1": 0.5, "2": 0.5} and shares == {"1": 1}
    return Check(passed, f"beta: {shares_in_words(beta)}; live: {shares_in_words(live)}")


@exercise(
    "3.3",
    "Offer gold",
    desired=f"gold: {GOLD_MB} MB, the code of premium, in one published version; standard and premium as they were",
    hints=[
        "Only the memory of $LATEST has to change before you publish.",
        "UpdateFunctionConfiguration, the waiter, PublishVersion, CreateAlias.",
    ],
    half="""
lambda_client.update_function_configuration(FunctionName="HelloWorld", MemorySize=___)
wait()
gold = lambda_client.publish_version(FunctionName="HelloWorld", Description="gold")
lambda_client.create_alias(FunctionName="HelloWorld", Name="gold", FunctionVersion=___)
""",
)
def offer_gold(lab: Connection) -> Check:
    """The alias `gold` points at one published version with that memory and the code of `premium`.

    `standard` and `premium` still have the memory that the notebook gave them, and one code.
    """
    api = lab.client("lambda")
    gold, premium = (api.get_function_configuration(FunctionName=f"HelloWorld:{name}") for name in ("gold", "premium"))
    same = gold["CodeSha256"] == premium["CodeSha256"]
    found = f"gold: {gold['MemorySize']} MB, {'the' if same else 'not the'} code of premium"
    wrong = [*unsettled(lab, "gold"), *(one for name, size in MEMORY_MB.items() for one in unsettled(lab, name, size))]
    standard = api.get_function_configuration(FunctionName="HelloWorld:standard")
    if standard["CodeSha256"] != premium["CodeSha256"]:
        wrong.append("standard and premium differ in code")
    return Check(gold["MemorySize"] == GOLD_MB and same and not wrong, "; ".join([found, *wrong]))


@exercise(
    "3.4",
    "Throw away what nobody uses",
    desired="no alias beta, no version that no alias needs, and the other aliases as they were",
    hints=[
        "First the alias beta. Then make two lists: the versions there are, and those that aliases name.",
        "DeleteAlias; ListVersionsByFunction, ListAliases, and DeleteFunction with Qualifier.",
    ],
    half="""
lambda_client.delete_alias(FunctionName="HelloWorld", Name=___)
needed = {"$LATEST"}
for alias in lambda_client.list_aliases(FunctionName="HelloWorld")["Aliases"]:
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    needed |= {alias[___], *weights}
for version in lambda_client.list_versions_by_function(FunctionName="HelloWorld")["Versions"]:
    if version["Version"] not in ___:
        lambda_client.delete_function(FunctionName="HelloWorld", Qualifier=___)
""",
)
def throw_away_what_nobody_uses(lab: LabLike) -> Check:
    """Every published version of `HelloWorld` is one that an alias needs; of the aliases only `beta` is gone.

    With `beta` of exercise 3.2, every version would be needed from the start. `live` is on one of the two versions
    that the notebook gives it; `gold` has to be there if exercise 3.3 was solved.
    """
    api, hello = lab.client("lambda"), {"FunctionName": "HelloWorld"}
    versions = {v["Version"] for v in pages.collect(api, "list_versions_by_function", "Versions", **hello)} - {
        "$LATEST"
    }
    names = [alias["Name"] for alias in pages.collect(api, "list_aliases", "Aliases", **hello)]
    stay = {**MEMORY_MB, **({"gold": GOLD_MB} if "3.3" in lab.solved else {})}
    wrong = [f"no alias {name}" for name in sorted({"live", *stay} - set(names))]
    wrong += ["alias beta is there"] if "beta" in names else []
    wrong += [one for name, size in stay.items() if name in names for one in unsettled(lab, name, size)]
    if "live" in names and not (live := routes(lab, "live")).keys() <= {"1", "2"}:
        wrong.append(f"live: {shares_in_words(live)}")
    needed = {version for name in names for version in routes(lab, name)}
    unused = sorted(versions - needed, key=int)
    last = f"unused: {', '.join(unused)}" if unused else "every version is needed"
    return Check(not wrong and not unused, "; ".join([*wrong, last]))


def routes(lab: Connection, alias: str) -> dict[str, float]:
    """Return {version: share} of an alias of HelloWorld. Raises: ResourceNotFoundException if there is none."""
    found = lab.client("lambda").get_alias(FunctionName="HelloWorld", Name=alias)
    weights = found.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    return {found["FunctionVersion"]: round(1 - sum(weights.values()), 6), **weights}


def shares_in_words(shares: dict[str, float]) -> str:
    """Return shares as in "version 1 with 50.1% and version 2 with 49.9%"."""
    return " and ".join(f"version {version} with {100 * share:.12g}%" for version, share in sorted(shares.items()))


def unsettled(lab: Connection, alias: str, memory_mb: int | None = None) -> list[str]:
    """Return why an alias is not one published version, of `memory_mb` if given; empty if it is.

    Raises: ResourceNotFoundException if there is no such alias.
    """
    shares = routes(lab, alias)
    if "$LATEST" in shares:
        return [f"{alias} is on $LATEST, which can still change"]
    if len(shares) > 1:
        return [f"{alias}: {shares_in_words(shares)}"]
    size = lab.client("lambda").get_function_configuration(FunctionName=f"HelloWorld:{alias}")["MemorySize"]
    return [f"{alias}: {size} MB instead of {memory_mb}"] if memory_mb not in (None, size) else []
