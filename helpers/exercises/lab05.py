"""Lab 05, Layers: exercises. Checks invoke a function and look at its layers."""

import json

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import packages
from helpers.exercises.evidence.answers import CONSTANT, invoke, random_name
from helpers.exercises.evidence.packages import configuration, layers, layers_in_words

ABOUT = About(
    title="Layers",
    you_will="share dependencies; bring your own runtime",
    minutes=40,
    builds_on=("01",),
    place=(2, 3),
    owns=Owns(functions=("lab05-*",), layers=("lab05-*",)),
    needs=("lambda", "layers"),
)
SMALL = 400  # bytes of a deployment package that holds one short file
GREETER = "U4jFLrQQdq1hSTelhX59CS1So48k3juHFMdHwu7ZBzc="  # CodeSha256 of greeter_py, as the lab deploys it


def has_version_of(used: list[str], layer: str) -> bool:
    """Tell whether one of the layer versions is of `layer`."""
    return any(version.startswith(f"{layer}:") for version in used)


@exercise(
    "5.1",
    "Share a module of your own",
    desired=f'"ADA!" for {{"name": "Ada"}}, from a package of less than {SMALL} bytes with the layer lab05-shout',
    hints=[
        "Two zip files: the module, below the folder that your runtime searches, and a handler that loads it.",
        "PublishLayerVersion, which layer(lab, 'lab05-shout', {path: source}) calls; then deploy(..., Layers=[arn]). "
        "The path begins with nodejs/node_modules/ or python/.",
    ],
)
def share_a_module(lab: Connection) -> Check:
    """`lab05-shouter` shouts, with a module from the layer `lab05-shout`."""
    answer, used = invoke(lab, "lab05-shouter", {"name": "Ada"}), layers(lab, "lab05-shouter")
    bytes_ = configuration(lab, "lab05-shouter")["CodeSize"]
    found = f"{answer}, from {bytes_} bytes with {layers_in_words(used)}"
    if answer.payload != "ADA!" or bytes_ >= SMALL or not has_version_of(used, "lab05-shout"):
        return Check(False, found)
    name = random_name()
    if invoke(lab, "lab05-shouter", {"name": name}).payload != f"{name.upper()}!":
        return Check(False, f"{answer}, {CONSTANT}")
    with packages.without_layer(lab, "lab05-shouter", "lab05-shout") as alone:
        needed = invoke(lab, alone, {"name": name}).payload != f"{name.upper()}!"
    return Check(needed, found if needed else f"{answer}, but the same package shouts without lab05-shout, too")


@exercise(
    "5.2",
    "Move the doorman",
    desired='"Bonjour Ada" from lab05-doorman, with a version of lab05-words that exists',
    hints=[
        "It still has the version that was deleted. Nobody moves a function but you.",
        "UpdateFunctionConfiguration with Layers; the ARN of the second version is in the variable second.",
    ],
    half='attach("lab05-doorman", ___)',
)
def move_the_doorman(lab: Connection) -> Check:
    """`lab05-doorman` has moved from the deleted version of `lab05-words` to one that says Bonjour."""
    answer, used = invoke(lab, "lab05-doorman", {"name": "Ada"}), layers(lab, "lab05-doorman")
    found = f"{answer}, with {layers_in_words(used)}"
    if answer.payload != "Bonjour Ada" or not set(used) & set(packages.versions(lab, "lab05-words")):
        return Check(False, found)
    name = random_name()
    greeted = invoke(lab, "lab05-doorman", {"name": name}).payload == f"Bonjour {name}"
    return Check(greeted, found if greeted else f"{answer}, {CONSTANT}")


@exercise(
    "5.3",
    "Overrule one file",
    desired='"Servus Ada" from lab05-greeter, by its old code, with lab05-words and another layer after it',
    hints=[
        "Of two files of one name in /opt, whose counts?",
        "Publish a layer with a words.json of its own; UpdateFunctionConfiguration with Layers=[second, yours].",
    ],
    half="""
other = layer(lab, "lab05-other", {___: '{"greeting": "___"}'})
attach("lab05-greeter", ___, ___)
""",
)
def overrule_one_file(lab: Connection) -> Check:
    """`lab05-greeter` takes its word from a layer after `lab05-words`; its code and that layer are unchanged."""
    answer, used = invoke(lab, "lab05-greeter", {"name": "Ada"}), layers(lab, "lab05-greeter")
    *before, last = used or [""]
    same = configuration(lab, "lab05-greeter")["CodeSha256"] == GREETER
    found = f"{answer}, by {'its old' if same else 'other'} code, with {layers_in_words(used)}"
    if (
        answer.payload != "Servus Ada"
        or not same
        or not has_version_of(before, "lab05-words")
        or has_version_of([last], "lab05-words")
    ):
        return Check(False, found)
    for version in before:
        if has_version_of([version], "lab05-words") and (word := greeting(lab, version)) != "Bonjour":
            return Check(False, f"{found}, of which {version} says {word}, no longer Bonjour")
    return Check(True, found)


def greeting(lab: Connection, version: str) -> object:
    """Return the word in words.json of a layer version; None if it has none."""
    try:
        return json.loads(packages.layer_file(lab, version, "words.json") or "{}").get("greeting")
    except (ValueError, AttributeError):
        return None


@exercise(
    "5.4",
    "Write a handler in shell",
    desired='{"NAME": "ADA"} for {"name": "ada"} from lab05-capitals, with the layer lab05-shell and a package of less '
    f"than {SMALL} bytes: no bootstrap of its own",
    hints=[
        "A file with one shell function, and the layer that knows how to run it.",
        "CreateFunction, or deploy: runtime provided.al2023, handler file.function, Layers=[runtime_layer]. In the "
        "shell function: printf '%s' \"$1\" | tr a-z A-Z.",
    ],
    half='''
capitals_sh = """
capitals() {
  printf '%s' "$1" | ___
}
"""
deploy(lab, "lab05-capitals", {"text.sh": capitals_sh}, Runtime=___, Handler=___, Layers=[___])
''',
)
def write_a_handler_in_shell(lab: Connection) -> Check:
    """`lab05-capitals` runs on the custom runtime of the layer `lab05-shell`, and returns any event in capitals."""
    configured = configuration(lab, "lab05-capitals")
    if configured.get("Runtime") != "provided.al2023":
        return Check(False, f"the runtime {configured.get('Runtime')}, and not provided.al2023")
    answer, used = invoke(lab, "lab05-capitals", {"name": "ada"}), layers(lab, "lab05-capitals")
    found = f"{answer}, from {configured['CodeSize']} bytes with {layers_in_words(used)}"
    if answer.payload != {"NAME": "ADA"} or configured["CodeSize"] >= SMALL or not has_version_of(used, "lab05-shell"):
        return Check(False, found)
    if "bootstrap" in packages.package_files(lab, "lab05-capitals"):
        return Check(False, f"{found}, but a bootstrap in the package")
    key, name = random_name(), random_name()
    general = invoke(lab, "lab05-capitals", {key: name}).payload == {key.upper(): name.upper()}
    return Check(general, found if general else f"{answer}, {CONSTANT}")
