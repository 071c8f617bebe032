"""AWS calls that can be shown: as boto3 makes them, and as the AWS CLI would.

`Calls` makes and records them:

    calls = Calls(lab)
    calls("lambda", "get_function_configuration", FunctionName="HelloWorld")
    calls.made[0].boto3      lab.client("lambda").get_function_configuration(FunctionName='HelloWorld')
    calls.made[0].cli        aws lambda get-function-configuration --function-name HelloWorld
"""

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore import xform_name
from botocore.exceptions import WaiterError

from helpers.backend.session import Connection
from helpers.deployment import WAIT
from helpers.errors import LabError

PACKAGE = "function.zip"  # stands for bytes: a package is too long to print
OUTFILE = "out.txt"  # where `aws lambda invoke` writes the response; it has no default


@dataclass(frozen=True)
class Call:
    """A call: boto3's names of service and operation (or of a waiter), and its parameters."""

    service: str
    operation: str
    parameters: Mapping[str, object]
    waits: bool = False

    @property
    def boto3(self) -> str:
        """The call in Python, ready for a cell of a lab."""
        given = ", ".join(f"{name}={_python(value)}" for name, value in self.parameters.items())
        call = f'get_waiter("{self.operation}").wait' if self.waits else self.operation
        return f'lab.client("{self.service}").{call}({given})'

    @property
    def cli(self) -> str:
        """The call on the command line, quoted for a POSIX shell."""
        words = ["aws", self.service, *(["wait"] if self.waits else []), self.operation.replace("_", "-")]
        for name, value in self.parameters.items():
            words += _option(f"--{xform_name(name, '-')}", value)
        if (self.service, self.operation) == ("lambda", "invoke"):
            words.append(OUTFILE)
        return shlex.join(words)


class Calls:
    """Makes calls with the clients of `lab` and records them in `made`; calls `listener`, if any, before each."""

    def __init__(self, lab: Connection, listener: Callable[["Calls"], None] | None = None):
        self._lab = lab
        self._listener = listener
        self.made: list[Call] = []

    def __call__(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make the call and return boto3's response. Raises: what AWS answers."""
        self._record(Call(service, operation, parameters))
        response: dict[str, Any] = getattr(self._lab.client(service), operation)(**parameters)
        return response

    def wait(self, service: str, waiter: str, **parameters: Any) -> None:
        """Wait with boto3's `waiter`, for a minute at most.

        Raises: LabError with AWS's reason if the update failed, botocore.exceptions.WaiterError otherwise.
        """
        self._record(Call(service, waiter, parameters, waits=True))
        try:
            self._lab.client(service).get_waiter(waiter).wait(**parameters, WaiterConfig=WAIT)
        except WaiterError as error:
            reason = error.last_response.get("Configuration", {}).get("LastUpdateStatusReason")
            if not reason:
                raise
            raise LabError(f"The update failed ({reason}): correct that and try again.") from error

    def _record(self, call: Call) -> None:
        self.made.append(call)
        if self._listener:
            self._listener(self)


def _python(value: object) -> str:
    return f'open("{PACKAGE}", "rb").read()' if isinstance(value, bytes) else repr(value)


def _option(option: str, value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield option if value else option.replace("--", "--no-", 1)
        return
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield from (option, *value)
        return
    if isinstance(value, bytes):
        text = f"fileb://{PACKAGE}"
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # What begins with a hyphen would be taken for an option.
    yield from [f"{option}={text}"] if text.startswith("-") else [option, text]
