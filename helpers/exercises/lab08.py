"""Lab 08, Execution environments: exercises. Checks invoke functions, several at once, and read their settings."""

from random import randint
from typing import Any

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import at_once, packages
from helpers.exercises.evidence.answers import invoke, random_name, reported, with_new_environments

ABOUT = About(
    title="Execution environments",
    you_will="see cold and warm starts, memory and processor, throttles",
    minutes=45,
    builds_on=("03",),
    place=(4, 0),
    owns=Owns(functions=("lab08-*",), roles=("lab08-*",), queues=("lab08-*",), rules=("lab08-*",)),
    needs=("lambda", "iam"),
)
BUNDLE_BYTES = 50_000  # unbundled, the package has more than ten times as many
RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded"


@exercise(
    "8.1",
    "Load once",
    desired="one edition of the menu for each environment of lab08-menu-js, and the dish that was asked for",
    hints=[
        "What stands outside the handler runs once, in INIT. In an ES module it may await.",
        "Move the line with await load() above the handler, then UpdateFunctionCode (deploy does it).",
    ],
    half="""
line = "  const menu = await load();\\n"
once_js = menu_js.replace(line, "").replace("export const handler", ___ + "export const handler")
deploy(lab, "lab08-menu-js", {"index.mjs": ___}, **node)
""",
)
def load_once(lab: Connection) -> Check:
    """An environment of `lab08-menu-js` keeps the edition that it has loaded, and a new one loads another."""
    with with_new_environments(lab, "lab08-menu-js"):
        answers = [_ask_for_a_dish(lab) for _ in range(3)]
    answers.append(_ask_for_a_dish(lab))  # in an environment that is new again
    if wrong := next((words for words, _ in answers if words), ""):
        return Check(False, wrong)
    *same, other = (edition for _, edition in answers)
    if len(set(same)) > 1:
        return Check(False, f"{len(set(same))} editions in 3 requests to one environment")
    if other == same[0]:
        return Check(False, "the same edition in a new environment: it was not loaded there")
    return Check(True, "one edition for 3 requests, and another in a new environment")


def _ask_for_a_dish(lab: Connection) -> tuple[str, str]:
    """Return what is wrong with the answer, "" if nothing is, and the edition in it."""
    dish = random_name()
    answer = invoke(lab, "lab08-menu-js", {"dish": dish})
    found = answer.payload if isinstance(answer.payload, dict) else {}
    if answer.error or found.get("dish") != dish or not found.get("edition"):
        return f"{answer} for the dish {dish}", ""
    return "", str(found["edition"])


@exercise(
    "8.2",
    "Give it what it needs",
    desired="an answer to photos of 280 to 320 MB, at least half of its memory used",
    hints=[
        "A photo of 320 MB has to fit, and one of 280 MB has to take half of the memory: which sizes lie between?",
        "UpdateFunctionConfiguration with MemorySize; Max Memory Used is in REPORT.",
    ],
    half='configure("lab08-photos", MemorySize=___)',
)
def give_it_what_it_needs(lab: Connection) -> Check:
    """`lab08-photos` holds a photo of a size chosen here, and does not have twice the memory that this takes."""
    mb = randint(280, 320)
    answer, report = reported(lab, "lab08-photos", {"mb": mb})
    if answer.error or answer.payload != {"mb": mb}:
        return Check(False, f"{answer} for a photo of {mb} MB, with {report.memory_mb} MB")
    used = f"{report.max_memory_mb} of {report.memory_mb} MB used"
    if report.max_memory_mb < mb:
        return Check(False, f"{used} for a photo of {mb} MB: it is not held in memory")
    return Check(report.max_memory_mb >= report.memory_mb / 2, used)


@exercise(
    "8.3",
    "Spare the till",
    desired="2 of 4 customers at once served by lab08-till, and 2 throttled",
    hints=[
        "A limit on how many requests a function may serve at once is a reservation, too.",
        "PutFunctionConcurrency with ReservedConcurrentExecutions.",
    ],
    half='lambda_client.put_function_concurrency(FunctionName="lab08-till", ___=___)',
)
def spare_the_till(lab: Connection) -> Check:
    """Of four customers at once, `lab08-till` serves two, and AWS throttles two for its reservation."""
    names = [random_name() for _ in range(4)]
    answers = at_once.send(lab, "lab08-till", [{"name": name} for name in names])
    for name, answer in zip(names, answers, strict=True):
        if answer.response and answer.response.payload != f"{name} has paid":
            return Check(False, f"{answer.response} for the customer {name}")
    reasons = [answer.reason for answer in answers if not answer.response]
    found = f"{4 - len(reasons)} served and {len(reasons)} throttled of 4 customers at once"
    return Check(reasons == [RESERVED] * 2, found)


@exercise(
    "8.4",
    "Keep two ready",
    desired="2 provisioned environments for the alias live of lab08-welcome, answering 2 guests at once",
    hints=[
        "Not for $LATEST: publish a version first, and let an alias point at it.",
        "PublishVersion, CreateAlias, then PutProvisionedConcurrencyConfig with the alias as Qualifier.",
    ],
    half="""
version = lambda_client.publish_version(FunctionName="lab08-welcome")["Version"]
lambda_client.create_alias(FunctionName="lab08-welcome", Name="live", FunctionVersion=___)
lambda_client.put_provisioned_concurrency_config(
    FunctionName="lab08-welcome", Qualifier=___, ProvisionedConcurrentExecutions=___
)
wait_for(lambda: provisioned("lab08-welcome", "live")["Status"] == ___)
""",
)
def keep_two_ready(lab: Connection) -> Check:
    """Two environments are provisioned for `live`, or the version it points at, and they serve two guests at once."""
    api = lab.client("lambda")
    version = api.get_alias(FunctionName="lab08-welcome", Name="live")["FunctionVersion"]
    listed = api.list_provisioned_concurrency_configs(FunctionName="lab08-welcome")["ProvisionedConcurrencyConfigs"]
    by_qualifier = {one["FunctionArn"].rpartition(":")[2]: one for one in listed}
    config: dict[str, Any] | None = by_qualifier.get("live") or by_qualifier.get(version)
    if config is None:
        elsewhere = f", but for {', '.join(sorted(by_qualifier))}" if by_qualifier else ""
        return Check(False, f"none for live, which points at version {version}{elsewhere}")
    count = config["RequestedProvisionedConcurrentExecutions"]
    if count != 2 or config["Status"] != "READY":
        return Check(
            False, f"{count} provisioned, {config['Status']}{': ask again soon' if config['Status'] != 'READY' else ''}"
        )
    names = [random_name() for _ in range(2)]
    answers = at_once.send(lab, "lab08-welcome", [{"name": name} for name in names], Qualifier="live")
    wanted = [{"name": name, "started": "provisioned-concurrency"} for name in names]
    found = [answer.response.payload if answer.response else answer.reason for answer in answers]
    words = " and ".join(str(answer.response or answer.reason) for answer in answers)
    return Check(found == wanted, f"2 provisioned, READY, and {words}")


@exercise(
    "8.5",
    "Bundle one more",
    desired=f"the total of any prices from lab08-totals, whose package is one file of less than {BUNDLE_BYTES:,} bytes",
    hints=[
        "The package needs what esbuild writes, and nothing of node_modules.",
        "esbuild with --bundle and --minify, then UpdateFunctionCode (deploy) with that one file.",
    ],
    half="""
!cd {project} && {packages.NODE} node_modules/esbuild/bin/esbuild totals.mjs ___ --minify \\
    --platform=node --format=esm --outfile=totals/index.mjs
deploy(lab, "lab08-totals", project / ___, compress=True, **node)
""",
)
def bundle_one_more(lab: Connection) -> Check:
    """`lab08-totals` adds up prices chosen here, from a package of one small file."""
    prices = [randint(1, 1000) for _ in range(5)]
    answer = invoke(lab, "lab08-totals", {"prices": prices})
    if answer.error or answer.payload != {"total": sum(prices)}:
        return Check(False, f"{answer} for the prices {prices}")
    files, size = packages.package_files(lab, "lab08-totals"), packages.configuration(lab, "lab08-totals")["CodeSize"]
    found = f"{len(files)} file{'s' * (len(files) != 1)}, {size:,} bytes"
    return Check(len(files) == 1 and size < BUNDLE_BYTES, found)


@exercise(
    "8.6",
    "Change the processor",
    desired="lab08-hello answering on arm64",
    hints=[
        "An update of the configuration has no such setting: a processor needs code that is made for it.",
        "UpdateFunctionCode with Architectures, and the code once more.",
    ],
    half="""
lambda_client.update_function_code(
    FunctionName="lab08-hello", ZipFile=package, ___=[___]
)
""",
)
def change_the_processor(lab: Connection) -> Check:
    """`lab08-hello` has the architecture arm64, and still greets a name chosen here."""
    architectures = packages.configuration(lab, "lab08-hello")["Architectures"]
    if architectures != ["arm64"]:
        return Check(False, f"the architecture {' and '.join(architectures)}")
    name = random_name()
    answer = invoke(lab, "lab08-hello", {"name": name})
    return Check(answer.payload == f"Hello {name}", f"arm64, and {answer} for {name}")
