"""Lab 05, Layers: exercises. Each is judged by what a function answers and by which layers it has."""

from helpers.checks import Check, exercise
from helpers.cleanup import Owns
from helpers.exercises.evidence import invoke

TITLE = "Layers"
NEEDS = ("lambda", "layers")
OWNS = Owns(functions=("lab05-*",), layers=("lab05-*",))
SOLUTIONS = "labs/solutions/05_layers.py"
SMALL = 400  # bytes of a deployment package that holds one short file


def layers(lab, function: str) -> list[str]:
    """Return the layer versions of `function`, as "name:version", in their order."""
    configuration = lab.client("lambda").get_function_configuration(FunctionName=function)
    return [":".join(used["Arn"].split(":")[-2:]) for used in configuration.get("Layers", [])]


def size(lab, function: str) -> int:
    """Return the size of the deployment package of `function`, in bytes."""
    return lab.client("lambda").get_function_configuration(FunctionName=function)["CodeSize"]


def code(lab, function: str) -> str:
    """Return the checksum of the deployment package of `function`: the same code has the same."""
    return lab.client("lambda").get_function_configuration(FunctionName=function)["CodeSha256"]


def named(found: list[str]) -> str:
    """Return layer versions in words."""
    return f"the layers {', '.join(found)}" if found else "no layer"


@exercise(
    "5.1",
    "Share a module of your own",
    desired=f'"ADA!" for {{"name": "Ada"}}, from a package of less than {SMALL} bytes with the layer lab05-shout',
    hints=[
        "Two zip files: the module, below the folder that your runtime searches, and a handler that loads it.",
        "PublishLayerVersion, which layer(lab, 'lab05-shout', {path: source}) calls; then deploy(..., Layers=[arn]). "
        "The path begins with nodejs/node_modules/ or python/.",
        f"The explained solution is block 5.1 in {SOLUTIONS}.",
    ],
)
def share_a_module(lab) -> Check:
    """`lab05-shouter` shouts, with a module from the layer `lab05-shout`."""
    answer, used = invoke(lab, "lab05-shouter", {"name": "Ada"}), layers(lab, "lab05-shouter")
    bytes_ = size(lab, "lab05-shouter")
    passed = answer.payload == "ADA!" and bytes_ < SMALL and any(name.startswith("lab05-shout:") for name in used)
    return Check(passed, f"{answer}, from {bytes_} bytes with {named(used)}")


@exercise(
    "5.2",
    "Move the doorman",
    desired='"Bonjour Ada" from lab05-doorman, with the newest version of lab05-words',
    hints=[
        "It still has the version that was deleted. Nobody moves a function but you.",
        "UpdateFunctionConfiguration with Layers; the ARN of the second version is in the variable second.",
        f"The explained solution is block 5.2 in {SOLUTIONS}.",
    ],
)
def move_the_doorman(lab) -> Check:
    """`lab05-doorman` has the newest version of `lab05-words`."""
    answer, used = invoke(lab, "lab05-doorman", {"name": "Ada"}), layers(lab, "lab05-doorman")
    versions = lab.client("lambda").list_layer_versions(LayerName="lab05-words")["LayerVersions"]
    newest = f"lab05-words:{max(version['Version'] for version in versions)}" if versions else "none"
    return Check(answer.payload == "Bonjour Ada" and newest in used, f"{answer}, with {named(used)}")


@exercise(
    "5.3",
    "Overrule one file",
    desired='"Servus Ada" from lab05-greeter, by its old code, with lab05-words and another layer after it',
    hints=[
        "Of two files of one name in /opt, whose counts?",
        "Publish a layer with a words.json of its own; UpdateFunctionConfiguration with Layers=[second, yours].",
        f"The explained solution is block 5.3 in {SOLUTIONS}.",
    ],
)
def overrule_one_file(lab) -> Check:
    """`lab05-greeter` takes its word from a layer after `lab05-words`; its code is still that of `lab05-doorman`."""
    answer, used = invoke(lab, "lab05-greeter", {"name": "Ada"}), layers(lab, "lab05-greeter")
    *before, last = [name.partition(":")[0] for name in used] or [None]
    overruled = "lab05-words" in before and last != "lab05-words"
    same = code(lab, "lab05-greeter") == code(lab, "lab05-doorman")
    found = f"{answer}, by {'its old' if same else 'other'} code, with {named(used)}"
    return Check(answer.payload == "Servus Ada" and overruled and same, found)


@exercise(
    "5.4",
    "Write a handler in shell",
    desired='{"NAME": "ADA"} for {"name": "ada"} from lab05-capitals, with the layer lab05-shell and a package of less '
    f"than {SMALL} bytes: no bootstrap of its own",
    hints=[
        "A file with one shell function, and the layer that knows how to run it.",
        "CreateFunction, or deploy: runtime provided.al2023, handler file.function, Layers=[runtime_layer]. In the "
        "shell function: printf '%s' \"$1\" | tr a-z A-Z.",
        f"The explained solution is block 5.4 in {SOLUTIONS}.",
    ],
)
def write_a_handler_in_shell(lab) -> Check:
    """`lab05-capitals` runs on the custom runtime of the layer `lab05-shell`."""
    answer, used = invoke(lab, "lab05-capitals", {"name": "ada"}), layers(lab, "lab05-capitals")
    bytes_ = size(lab, "lab05-capitals")
    passed = answer.payload == {"NAME": "ADA"} and bytes_ < SMALL and any(n.startswith("lab05-shell:") for n in used)
    return Check(passed, f"{answer}, from {bytes_} bytes with {named(used)}")
