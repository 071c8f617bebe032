"""The states of extensions, and what the Extensions API answers in each."""

import json

import pytest
from fake_runtime_process import Connection

from helpers.engine.execution import extension_phases, extensions_api
from helpers.engine.execution.extensions import Broken, Extensions, News
from helpers.engine.execution.runtime_connection import Call
from helpers.engine.execution.sandbox.protocol import START, Status

ABOUT = {"accountId": "1", "functionName": "hello", "functionVersion": "$LATEST", "handler": "a.b"}


def say(extensions, route, body=b"", **headers):
    """A call of the API: its answer's status and body, or None while it waits."""
    sent = {f"lambda-extension-{name.replace('_', '-')}".encode(): value.encode() for name, value in headers.items()}
    connection = Connection()
    method, path = route.split(" ")
    url = f"{method} /2020-01-01/extension/{path}"
    extensions_api.handle(extensions, Call("extension", connection, body, route=url, headers=sent))
    return connection.answers[0] if connection.answers else None


def register(extensions, name="one", events=("INVOKE",)):
    status, body = say(extensions, "POST register", json.dumps({"events": events}).encode(), name=name)
    assert status == "200 OK"
    return extensions.all[name].id, json.loads(body)


def error(answer):
    status, body = answer
    return status, json.loads(body)["errorType"], json.loads(body)["errorMessage"]


def test_a_registration_says_what_the_extension_is_beside_and_the_account_if_asked():
    extensions = Extensions(["one", "two"], ABOUT)
    assert register(extensions)[1] == {"functionName": "hello", "functionVersion": "$LATEST", "handler": "a.b"}
    body = b'{"events": []}'
    _, told = say(extensions, "POST register", body, name="two", accept_feature="x, accountId")
    assert json.loads(told) == ABOUT and extensions.are_registered


def test_an_extension_is_registered_once_and_asks_for_one_event_at_a_time():
    extensions = Extensions(["one"], ABOUT)
    id, _ = register(extensions)
    again = error(say(extensions, "POST register", b'{"events": []}', name="one"))
    refusal = "State transition from Registered to Registered failed for extension one. "
    assert again[1:] == ("Extension.InvalidExtensionState", refusal + "Error: State transition is not allowed")
    assert say(extensions, "GET event/next", identifier=id) is None and extensions.are_ready()
    assert error(say(extensions, "GET event/next", identifier=id))[1] == "Extension.InvalidExtensionState"


def test_an_event_goes_to_those_that_asked_for_it():
    extensions = Extensions(["one", "two"], ABOUT)
    ids = [register(extensions, "one")[0], register(extensions, "two", ["SHUTDOWN"])[0]]
    for id in ids:
        say(extensions, "GET event/next", identifier=id)
    first, second = (one.waiting for one in extensions.all.values())
    extensions.release("INVOKE", {"eventType": "INVOKE"}, 1.0)
    assert [len(one.answers) for one in (first, second)] == [1, 0]
    assert not extensions.are_ready("INVOKE") and extensions.are_ready("SHUTDOWN")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"events": 1}', b"{" * 100_000])
def test_a_registration_that_is_none_is_refused(body):
    status, kind, _ = error(say(Extensions(["one"], ABOUT), "POST register", body, name="one"))
    assert (status, kind) == ("403 Forbidden", "InvalidRequestFormat")


def test_an_eleventh_extension_is_refused():
    assert Extensions(map(str, range(10)), ABOUT).broken is None
    assert Extensions(map(str, range(11)), ABOUT).broken == Broken("Extension.LaunchError", "ErrTooManyExtensions")
    full = Extensions(map(str, range(10)), ABOUT)
    assert error(say(full, "POST register", b'{"events": []}', name="inside"))[1] == "Extension.TooManyExtensions"


@pytest.mark.parametrize(
    ("status", "broken"),
    [
        (Status("extension", 0, 2, False, "", "one"), Broken("Extension.Crash", "exit status 2")),
        (Status("extension", 0, 0, False, "", "one"), Broken("Extension.Crash", "exit code 0")),
        (Status("extension", 0, -9, False, "", "one"), Broken("Extension.Crash", "signal: killed")),
        (
            Status("extension", 0, 126, False, "fork/exec x: why", "one"),
            Broken("Extension.LaunchError", "fork/exec x: why"),
        ),
    ],
)
def test_an_extension_that_ends_breaks_the_environment_unless_it_is_shutting_down(status, broken):
    extensions = Extensions(["one"], ABOUT)
    extensions.ended(status)
    assert extensions.broken == broken
    extensions = Extensions(["one"], ABOUT)
    extensions.shutting_down = True
    extensions.ended(status)
    assert extensions.broken is None and extensions.all["one"].exited


class Api:
    """A Runtime API at which one thing after the other happens."""

    def __init__(self, extensions, *happens):
        self.extensions, self.happens, self.commands = extensions, list(happens), []

    def receive(self, deadline):
        happens = self.happens.pop(0)
        return happens() if callable(happens) else happens

    def command(self, command):
        self.commands.append(command)
        return True


def test_init_starts_the_runtime_after_the_registrations_and_ends_when_all_wait():
    extensions = Extensions(["one"], ABOUT)
    ready = Call("next", Connection())

    def registers():
        assert api.commands == []
        register(extensions)
        return News()

    def waits():
        say(extensions, "GET event/next", identifier=extensions.all["one"].id)
        return News()

    api = Api(extensions, registers, ready, waits)
    assert extension_phases.until_ready(api, News(), 0) is ready
    assert api.commands == [START] and api.happens == [] and not extensions.open


def test_a_runtime_with_extensions_of_its_own_is_not_started_twice():
    extensions = Extensions([], ABOUT)
    id, _ = register(extensions, "inside")
    say(extensions, "GET event/next", identifier=id)
    api = Api(extensions, Call("next", Connection()))
    assert extension_phases.until_ready(api, News(), 0).kind == "next" and api.commands == []
