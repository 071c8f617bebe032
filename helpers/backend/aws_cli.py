"""The command `aws` of the labs: AWS's own CLI, version 1, with what tutorials take from version 2.

Version 1 is what PyPI has; it is in maintenance since 5 August 2026 (AWS CLI v1 reference, on every page, 2026-11).
Four things are added to it:

- It reaches the backend with every service. AWS CLI 1 follows AWS_ENDPOINT_URL, except for some (SQS, RDS, EMR and
  Health among them), whose calls it sends to AWS unless `--endpoint-url` is given (awscli 1.46,
  customizations/overridesslcommonname.py). So this gives it.
- `--cli-binary-format`, which version 2 needs for `--payload '{"a": 1}'`. Version 1 takes such a text as it is, as
  version 2 does with `raw-in-base64-out`; with `base64`, the default of version 2 only, it is decoded.
- `aws logs tail`, which is `log_tail`.
- On AWS, the lab's tag on what it creates (`tagging`); with LAB_RECORD, what is called (`recording`).
"""

import base64
import binascii
import os
import sys
from collections.abc import Mapping
from typing import Any

from . import recording, tagging


def main() -> int:
    """Run the CLI with the arguments of this process; return its exit code."""
    from awscli.clidriver import create_clidriver

    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        sys.argv[1:1] = ["--endpoint-url", endpoint]  # the last one counts: a learner's own is further on
    driver = create_clidriver()
    events = driver.session.get_component("event_emitter")
    events.register("building-top-level-params", add_binary_format)
    events.register("top-level-args-parsed", read_binary_format)
    events.register("building-command-table.logs", add_tail)
    if lab := os.environ.get(tagging.SET):
        tagging.tag_all(events, lab)
    recording.record_all(events)
    return int(driver.main())


def add_binary_format(argument_table: dict[str, Any], **_: Any) -> None:
    """Add the option `--cli-binary-format`."""
    from awscli.arguments import CustomArgument

    argument_table["cli-binary-format"] = CustomArgument("cli-binary-format", choices=["base64", "raw-in-base64-out"])


def read_binary_format(parsed_args: Any, session: Any, **_: Any) -> None:
    """Decode the texts that are given for binary members, if the option asks for that."""
    if parsed_args.cli_binary_format == "base64":
        session.register("before-parameter-build", decode_members)


def decode_members(params: dict[str, Any], model: Any, **_: Any) -> None:
    """Decode what is a text in the binary members of an operation's input; a file (`fileb://`) is bytes already."""
    if model.input_shape:
        for name, shape in model.input_shape.members.items():
            if name in params:
                params[name] = decoded(params[name], shape)


def decoded(value: Any, shape: Any) -> Any:
    """A value of a request with its binary members decoded. Exits where one is not base64."""
    if shape.type_name == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error:
            sys.exit(f'\nInvalid base64: "{value}"')  # version 2's words
    if shape.type_name == "structure" and isinstance(value, Mapping):
        return {name: decoded(item, shape.members[name]) for name, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [decoded(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, Mapping):
        return {name: decoded(item, shape.value) for name, item in value.items()}
    return value


def add_tail(command_table: dict[str, Any], session: Any, **_: Any) -> None:
    """Add the command `aws logs tail`."""
    from .log_tail import TailCommand

    command_table["tail"] = TailCommand(session)
