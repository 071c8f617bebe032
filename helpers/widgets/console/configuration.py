"""A function's configuration: read, and changed as the console's Configuration tab does."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.widgets.shared.calls import Calls


@dataclass(frozen=True)
class Configuration:
    """The result of GetFunctionConfiguration and ListAliases: memory in MB, timeout in s, ARNs of role and layers.

    `aliases`: {name: the versions it points to, in words, such as "3" or "3, and 4 with 10 %"}.
    """

    function: str
    runtime: str
    handler: str
    memory: int
    timeout: int
    environment: Mapping[str, str]
    role: str
    layers: tuple[str, ...] = ()
    aliases: Mapping[str, str] | None = None

    @property
    def facts(self) -> dict[str, str]:
        """The values as they are shown, {name: value}."""
        return {
            "runtime": self.runtime,
            "handler": self.handler,
            "memory": f"{self.memory} MB",
            "timeout": f"{self.timeout} s",
            "environment": ", ".join(f"{name}={value}" for name, value in sorted(self.environment.items())) or "none",
            "role": self.role,
            "layers": ", ".join(arn.split(":layer:")[-1] for arn in self.layers) or "none",
            "aliases": ", ".join(f"{name} -> {to}" for name, to in (self.aliases or {}).items()) or "none",
        }

    def __repr__(self) -> str:
        lines = (f"{name:<12} {value}" for name, value in self.facts.items())
        return "\n".join([f"Configuration {self.function}", *lines])

    def _repr_html_(self) -> str:
        cells = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in self.facts.items())
        return f'<dl class="lab-console-facts">{cells}</dl>'


def read(calls: Calls, function: str) -> Configuration:
    """Return the configuration of `function` ($LATEST). Raises: what AWS answers."""
    answer = calls("lambda", "get_function_configuration", FunctionName=function)
    aliases: dict[str, str] = {}
    more: dict[str, str] = {}
    while True:
        page = calls("lambda", "list_aliases", FunctionName=function, **more)
        aliases |= {alias["Name"]: _versions(alias) for alias in page["Aliases"]}
        if not page.get("NextMarker"):
            break
        more = {"Marker": page["NextMarker"]}
    return Configuration(
        function=function,
        runtime=answer.get("Runtime", "container image"),
        handler=answer.get("Handler", "none"),
        memory=answer["MemorySize"],
        timeout=answer["Timeout"],
        environment=answer.get("Environment", {}).get("Variables", {}),
        role=answer["Role"],
        layers=tuple(layer["Arn"] for layer in answer.get("Layers", ())),
        aliases=aliases,
    )


def change(
    calls: Calls,
    function: str,
    *,
    memory: int | None = None,
    timeout: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Configuration:
    """Change what is given, wait until the update has ended, and return the configuration.

    `environment` replaces all variables.
    Raises: what AWS answers, botocore.exceptions.WaiterError if the update has not ended after a minute.
    """
    given = {"MemorySize": memory, "Timeout": timeout}
    asked: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if environment is not None:
        asked["Environment"] = {"Variables": dict(environment)}
    if asked:
        calls("lambda", "update_function_configuration", FunctionName=function, **asked)
        calls.wait("lambda", "function_updated_v2", FunctionName=function)
    return read(calls, function)


def _versions(alias: dict[str, Any]) -> str:
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    return ", and ".join(
        [alias["FunctionVersion"], *(f"{version} with {100 * share:g} %" for version, share in weights.items())]
    )
