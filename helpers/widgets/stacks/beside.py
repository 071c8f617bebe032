"""A template next to the calls that it replaces: each resource as it is written, and what SAM and CloudFormation do.

    beside(lab, "lab12-greeting")

The left side is the text that was sent (GetTemplate, Original), the right side the resources of the template that
CloudFormation made of it (Processed), with the calls that would make each. Labs 01 to 06 made those calls.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.backend.session import Connection

# Calls that make a resource of each type, as boto3 names them.
CALLS = {
    "AWS::ApiGateway::Deployment": ("create_deployment",),
    "AWS::ApiGateway::RestApi": ("create_rest_api",),
    "AWS::ApiGateway::Stage": ("create_stage",),
    "AWS::CloudWatch::Dashboard": ("put_dashboard",),
    "AWS::DynamoDB::Table": ("create_table",),
    "AWS::IAM::Role": ("create_role",),
    "AWS::Lambda::EventSourceMapping": ("create_event_source_mapping",),
    "AWS::Lambda::Function": ("create_function",),
    "AWS::Lambda::Permission": ("add_permission",),
    "AWS::Logs::LogGroup": ("create_log_group",),
    "AWS::S3::Bucket": ("create_bucket",),
    "AWS::SQS::Queue": ("create_queue",),
}
RESOURCE = re.compile(r"  (\w+):")


@dataclass(frozen=True)
class Part:
    """A resource of the template: its logical id, its lines, and {logical id: calls} of what is made of it."""

    name: str
    source: str
    made: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Beside:
    """The parts of a template, in its order, with the calls that they replace."""

    stack: str
    parts: tuple[Part, ...]

    @property
    def calls(self) -> int:
        """How many calls the template replaces."""
        return sum(len(calls) for part in self.parts for calls in part.made.values())

    @property
    def summary(self) -> str:
        """The whole in one line."""
        lines = sum(len(part.source.splitlines()) for part in self.parts)
        return f"{lines} lines, {sum(len(part.made) for part in self.parts)} resources, {self.calls} calls"

    def text(self) -> str:
        """Return, for each part, what is made of it and by which calls."""
        lines = [self.summary]
        for part in self.parts:
            lines += [part.name, *(f"  {name}: {_counted(calls)}" for name, calls in part.made.items())]
        return "\n".join(lines)

    __repr__ = text

    def _repr_html_(self) -> str:
        left = 'style="text-align: left; vertical-align: top; max-width: 30rem"'
        rows = ""
        for part in self.parts:
            made = "".join(
                f"<li><code>{escape(name)}</code>: {escape(_counted(calls))}</li>" for name, calls in part.made.items()
            )
            source = f'<pre style="white-space: pre-wrap; margin: 0">{escape(part.source)}</pre>'
            rows += f'<tr><td {left}>{source}</td><td {left}><ul style="margin: 0">{made}</ul></td></tr>'
        heads = f"<tr><th {left}>the template says</th><th {left}>which replaces these calls</th></tr>"
        return (
            f'<table class="lab-beside"><caption>{escape(self.summary)}</caption>'
            f"<thead>{heads}</thead><tbody>{rows}</tbody></table>"
        )


def beside(lab: Connection, stack: str) -> Beside:
    """Return the template of `stack`, in YAML, next to the calls that it replaces."""
    api = lab.client("cloudformation")
    original, processed = (
        api.get_template(StackName=stack, TemplateStage=stage)["TemplateBody"] for stage in ("Original", "Processed")
    )
    return Beside(stack, parts(original, processed["Resources"]))


def parts(template: str, resources: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the parts of a template's text (YAML, two spaces), and to which of them each processed resource belongs.

    SAM begins the logical ids of what it makes with that of the resource it makes it for; an API that nobody has
    declared, `ServerlessRestApi`, belongs to the first function with an `Api` event.
    """
    sources = _sources(template)
    made: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in sources}
    api = next((name for name, source in sources.items() if "Type: Api" in source), next(iter(sources), ""))
    for name, resource in resources.items():
        owner = max((one for one in sources if name.startswith(one)), key=len, default=api)
        made[owner][name] = calls(resource)
    return tuple(Part(name, source, _own_first(name, made[name])) for name, source in sources.items())


def _sources(template: str) -> dict[str, str]:
    """{logical id: its lines} of the resources in a template's text; comments between them are left out."""
    text = re.split(r"^\w", template.partition("\nResources:\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    lines: dict[str, list[str]] = {}
    for line in text.splitlines():
        if found := RESOURCE.match(line):
            lines[found[1]] = [line]
        elif lines and line.startswith("   "):
            lines[[*lines][-1]].append(line)
    return {name: "\n".join(of) for name, of in lines.items()}


def calls(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the calls that make a resource of a processed template."""
    given = resource.get("Properties", {})
    found = [*CALLS.get(resource["Type"], (resource["Type"],))]
    if resource["Type"] == "AWS::IAM::Role":
        found += ["attach_role_policy"] * len(given.get("ManagedPolicyArns", ()))
        found += ["put_role_policy"] * len(given.get("Policies", ()))
    if resource["Type"] == "AWS::S3::Bucket" and "NotificationConfiguration" in given:
        found.append("put_bucket_notification_configuration")
    for verbs in given.get("Body", {}).get("paths", {}).values() if "RestApi" in resource["Type"] else ():
        found += ["create_resource", *["put_method", "put_integration"] * len(verbs)]
    return tuple(found)


def _own_first(name: str, made: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {one: made[one] for one in sorted(made, key=lambda one: one != name)}


def _counted(calls: tuple[str, ...]) -> str:
    """Each call once, with how often if that is more than once."""
    times = {call: calls.count(call) for call in calls}
    return ", ".join(call if count == 1 else f"{count} × {call}" for call, count in times.items())
