"""Requests at once: what is configured and in which order, what becomes of each request, and how it is drawn."""

import io
import json
import threading
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.errors import LabError
from helpers.widgets import Concurrency
from helpers.widgets.concurrency.result import Wave, Waves


class NoneError(Exception):
    """What a client raises where no provisioned concurrency is configured."""


class Lab:
    """A function with both kinds of concurrency; each request waits until all of its wave are there."""

    backend = "embedded"
    exceptions = SimpleNamespace(ProvisionedConcurrencyConfigNotFoundException=NoneError)

    def __init__(self, reserved=None, provisioned=0):
        self.reserved, self.provisioned, self.made, self.lock = reserved, provisioned, [], threading.Lock()
        self.statuses, self.running, self.left, self.answer = [], 0, threading.Condition(), None

    def client(self, service):
        return self

    def get_function_concurrency(self, FunctionName):  # noqa: N803
        return {} if self.reserved is None else {"ReservedConcurrentExecutions": self.reserved}

    def put_function_concurrency(self, FunctionName, ReservedConcurrentExecutions):  # noqa: N803
        self.made.append(f"reserve {ReservedConcurrentExecutions}")
        self.reserved = ReservedConcurrentExecutions

    def delete_function_concurrency(self, FunctionName):  # noqa: N803
        self.made.append("reserve nothing")
        self.reserved = None

    def get_provisioned_concurrency_config(self, FunctionName, Qualifier):  # noqa: N803
        assert Qualifier == "live"
        if not self.provisioned:
            raise NoneError
        status = self.statuses.pop(0) if self.statuses else {"Status": "READY"}
        return {"RequestedProvisionedConcurrentExecutions": self.provisioned, **status}

    def put_provisioned_concurrency_config(self, FunctionName, Qualifier, ProvisionedConcurrentExecutions):  # noqa: N803
        self.made.append(f"provision {ProvisionedConcurrentExecutions}")
        if self.reserved is not None and ProvisionedConcurrentExecutions > self.reserved:
            raise ClientError({"Error": {"Code": "Invalid", "Message": "<more> than reserved"}}, "Put")
        self.provisioned = ProvisionedConcurrentExecutions

    def delete_provisioned_concurrency_config(self, FunctionName, Qualifier):  # noqa: N803
        self.made.append("provision nothing")
        self.provisioned = 0

    def invoke(self, FunctionName, Qualifier, Payload):  # noqa: N803
        with self.lock:
            self.running += 1
            number = self.running
        if self.reserved is not None and number > self.reserved:
            meta = {"HTTPStatusCode": 429}
            raise ClientError({"Error": {"Code": "TooMany", "Message": ""}, "ResponseMetadata": meta}, "Invoke")
        kind = "provisioned-concurrency" if number <= self.provisioned else "on-demand"
        return {"Payload": io.BytesIO(json.dumps(self.answer or kind).encode())}


@pytest.fixture
def lab():
    return Lab()


def one_wave(lab, count):
    """A wave of `count` requests that all overlap, with the settings that the lab has."""
    lab.running = 0
    return Concurrency(lab, "door", "live")._wave(count)


@pytest.mark.parametrize(
    ("reserved", "provisioned", "wave"),
    [
        (None, 0, Wave(on_demand=6)),
        (None, 2, Wave(provisioned=2, on_demand=4)),
        (4, 2, Wave(provisioned=2, on_demand=2, throttled=2)),
        (2, 2, Wave(provisioned=2, throttled=4)),
        (0, 0, Wave(throttled=6)),
    ],
)
def test_each_request_is_provisioned_on_demand_or_throttled(reserved, provisioned, wave):
    assert one_wave(Lab(reserved, provisioned), 6) == wave


def test_whatever_else_a_request_meets_is_a_failure(lab):
    lab.answer = {"errorType": "ValueError"}
    assert one_wave(lab, 2) == Wave(failed=2)


def test_waves_grow_from_one_to_as_many_as_asked_for(lab):
    found = Concurrency(lab, "door", "live").run(at_once=4)
    assert [wave.at_once for wave in found.waves] == [1, 2, 3, 4]


def test_settings_that_are_there_are_not_made_again():
    lab = Lab(reserved=4, provisioned=2)
    Concurrency(lab, "door", "live").run(at_once=1, reserved=4, provisioned=2)
    assert lab.made == []


@pytest.mark.parametrize(
    ("before", "wanted", "made"),
    [
        ((None, 0), (4, 2), ["reserve 4", "provision 2"]),
        ((4, 4), (2, 1), ["provision nothing", "reserve 2", "provision 1"]),
        ((2, 2), (None, 6), ["provision nothing", "reserve nothing", "provision 6"]),
        ((2, 2), (None, 0), ["provision nothing", "reserve nothing"]),
    ],
)
def test_what_is_provisioned_never_exceeds_what_is_reserved_meanwhile(before, wanted, made):
    lab = Lab(*before)
    Concurrency(lab, "door", "live").run(1, *wanted)
    assert lab.made == made


def test_it_waits_until_the_provisioned_environments_are_ready(lab):
    slept = []
    lab.statuses = [{"Status": "IN_PROGRESS"}, {"Status": "IN_PROGRESS"}]
    Concurrency(lab, "door", "live", sleep=slept.append).run(1, provisioned=1)
    assert slept == [0.1, 0.1]


@pytest.mark.parametrize(
    ("status", "words"),
    [({"Status": "FAILED", "StatusReason": "INIT fails"}, "INIT fails"), ({"Status": "IN_PROGRESS"}, "after 60 s")],
)
def test_environments_that_never_get_ready_are_one_sentence(lab, status, words):
    lab.statuses = [status] * 1000
    with pytest.raises(LabError, match=words):
        Concurrency(lab, "door", "live", sleep=lambda _: None).run(1, provisioned=1)


@pytest.mark.parametrize("wrong", [{"at_once": 0}, {"at_once": 13}, {"reserved": 13}, {"provisioned": -1}])
def test_numbers_that_the_form_does_not_offer_are_refused(lab, wrong):
    with pytest.raises(LabError, match="1 to 12 requests at once"):
        Concurrency(lab, "door", "live").run(**wrong)
    assert lab.made == []


WAVES = Waves("door:live", 2, 1, (Wave(provisioned=1), Wave(provisioned=1, on_demand=1, throttled=1)))


def test_the_text_says_settings_and_what_became_of_each_wave():
    assert repr(WAVES).splitlines() == [
        "door:live: reserved 2, provisioned 1",
        "1 at once: 1 provisioned",
        "3 at once: 1 provisioned, 1 on demand, 1 throttled",
    ]


def test_throttled_requests_are_red_bars_and_both_settings_are_lines():
    svg = WAVES.svg()
    assert svg.count("<title>3 at once: 1 throttled</title>") == 1
    bar = next(part for part in svg.split("<rect")[1:] if "3 at once: 1 throttled" in part)
    assert "--jp-error-color1" in bar
    assert "reserved: 2" in svg and "provisioned: 1" in svg and svg.count("stroke-dasharray") == 2


def test_without_settings_there_is_no_line_and_no_failure_in_the_legend():
    svg = Waves("door:live", None, 0, (Wave(on_demand=1),)).svg()
    assert "stroke-dasharray" not in svg and ">failed<" not in svg


def test_before_it_runs_it_says_that_nothing_was_sent(lab):
    assert repr(Concurrency(lab, "door", "live")) == "door:live: nothing was sent yet"


def shown(lab):
    widget = Concurrency(lab, "door", "live")
    assert widget._view
    return widget, widget._form


def click(form):
    form.button.click()
    assert form.background.join(10)


def test_run_does_what_its_sliders_say(lab):
    widget, form = shown(lab)
    form.at_once.value, form.reserve.value, form.reserved.value, form.provisioned.value = 2, True, 3, 1
    click(form)
    assert (lab.made, len(widget.result.waves)) == (["reserve 3", "provision 1"], 2)
    assert form.picture.value == widget.result.svg()
    assert not form.button.disabled


def test_without_the_tick_nothing_is_reserved(lab):
    _, form = shown(lab)
    assert form.reserved.disabled
    form.at_once.value, form.reserved.value = 1, 3
    click(form)
    assert lab.made == []


def test_what_aws_refuses_is_a_sentence_in_the_form(lab):
    _, form = shown(lab)
    form.reserve.value, form.reserved.value, form.provisioned.value = True, 1, 2
    click(form)
    assert 'role="alert"' in form.status.value and "&lt;more&gt; than reserved" in form.status.value


def test_the_form_shows_what_code_has_run(lab):
    widget, form = shown(lab)
    widget.run(at_once=3, reserved=2, provisioned=1)
    assert (form.at_once.value, form.reserve.value, form.reserved.value, form.provisioned.value) == (3, True, 2, 1)
    assert "requests" in form.status.value


def test_the_form_begins_with_the_settings_that_the_function_has():
    _, form = shown(Lab(reserved=4, provisioned=2))
    assert (form.reserve.value, form.reserved.value, form.provisioned.value) == (True, 4, 2)
    assert not form.reserved.disabled
