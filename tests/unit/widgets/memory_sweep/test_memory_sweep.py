"""The memory sweep: what it measures, what it costs, and that the function has its memory again."""

import base64
import io
import json

import pytest
from botocore.exceptions import ClientError

from helpers.errors import LabError
from helpers.widgets import MemorySweep
from helpers.widgets.memory_sweep.result import Point, Sweep, usd_per_million


class Lab:
    """A function of 512 MB that takes 512,000 / memory ms and a bit; the first call at each size takes less.

    `at`: {number of a call: function called before it is answered}; `made` names the calls that change or wait.
    """

    def __init__(self):
        self.memory, self.made, self.at, self.calls, self.noise = 512, [], {}, 0, [-400, 5, 0, 100]
        self.error = None

    def client(self, service):
        return self

    def get_function_configuration(self, FunctionName):  # noqa: N803
        return {"MemorySize": self.memory, "Architectures": ["x86_64"]}

    def update_function_configuration(self, FunctionName, MemorySize):  # noqa: N803
        self.made.append(MemorySize)
        if MemorySize < 128:
            answer = {"Code": "ValidationException", "Message": "at least 128"}
            raise ClientError({"Error": answer}, "UpdateFunctionConfiguration")
        self.memory = MemorySize

    def get_waiter(self, name):
        return self

    def wait(self, FunctionName, WaiterConfig):  # noqa: N803
        self.made.append("wait")

    def invoke(self, FunctionName, Payload, LogType):  # noqa: N803
        self.calls += 1
        self.at.get(self.calls, lambda: None)()
        ms = 512_000 / self.memory + self.noise[(self.calls - 1) % len(self.noise)]
        report = f"REPORT RequestId: r\tDuration: {ms:.2f} ms\tBilled Duration: {ms:.0f} ms\tMemory Size: 1 MB\t"
        log = base64.b64encode(f"{report}Max Memory Used: 1 MB\t\n".encode())
        response = {"Payload": io.BytesIO(json.dumps(self.error).encode()), "LogResult": log}
        return {**response, "FunctionError": "Unhandled"} if self.error else response


@pytest.fixture
def lab():
    return Lab()


@pytest.fixture
def sweep(lab):
    return MemorySweep(lab, "Hello", sizes=(1024, 128, 256), payload={})


def test_the_fastest_of_the_warm_calls_counts(sweep):
    found = sweep.run()
    assert [(point.memory_mb, point.billed_ms) for point in found.points] == [(128, 4000), (256, 2000), (1024, 500)]


def test_the_function_has_its_memory_again(sweep, lab):
    sweep.run()
    assert lab.memory == 512
    assert lab.made == [128, "wait", 256, "wait", 1024, "wait", "wait", 512, "wait"]


def throttled(lab, monkeypatch, times):
    """Have AWS refuse to put the memory back, so many times."""
    update, left = lab.update_function_configuration, iter(range(times))

    def refuse(FunctionName, MemorySize):  # noqa: N803
        if MemorySize == 512 and next(left, None) is not None:
            raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "UpdateFunctionConfiguration")
        update(FunctionName, MemorySize)

    monkeypatch.setattr(lab, "update_function_configuration", refuse)


def test_memory_is_put_back_though_aws_refuses_it_once(sweep, lab, monkeypatch):
    throttled(lab, monkeypatch, 1)
    sweep.run()
    assert lab.memory == 512


def test_memory_that_could_not_be_put_back_is_put_back_by_the_next_sweep(sweep, lab, monkeypatch):
    throttled(lab, monkeypatch, 2)
    with pytest.raises(ClientError):
        sweep.run()
    assert (lab.memory, sweep.state) == (1024, "failed")
    sweep.run()
    assert lab.memory == 512


@pytest.mark.parametrize("at", [1, 4, 6])
def test_after_cancel_it_has_its_memory_again_and_finished_sizes_are_kept(at, sweep, lab):
    lab.at = {at: sweep.cancel}
    found = sweep.run()
    assert len(found.points) == at // 4
    assert (lab.memory, lab.calls, sweep.state) == (512, at, "cancelled")


def test_after_an_interrupt_too_and_the_curves_stay(sweep, lab):
    def interrupt():
        raise KeyboardInterrupt

    assert sweep._view
    lab.at = {6: interrupt}
    with pytest.raises(KeyboardInterrupt, match="5 of 12 calls were done"):
        sweep.run()
    assert lab.memory == 512
    assert [point.memory_mb for point in sweep.result.points] == [128]
    assert "128 MB" in sweep._curves.value


def test_after_an_answer_of_aws_too(lab):
    with pytest.raises(ClientError, match="at least 128"):
        MemorySweep(lab, "Hello", sizes=(64, 128)).run()
    assert lab.memory == 512


def test_a_function_that_fails_is_one_sentence_and_nothing_is_measured(sweep, lab):
    lab.error = {"errorType": "ValueError", "errorMessage": "no name"}
    with pytest.raises(LabError, match=r"Hello failed with 128 MB \(ValueError: no name\)"):
        sweep.run()
    assert (lab.memory, lab.calls) == (512, 1)


def test_curves_are_drawn_while_it_runs_and_left_to_the_cell_at_the_end(sweep, lab):
    drawn = []
    assert sweep._view
    lab.at = {5: lambda: drawn.append(sweep._curves.value)}
    found = sweep.run()
    assert "128 MB" in drawn[0] and "256 MB" not in drawn[0]
    assert sweep._curves.value == "" and "256 MB" in found._repr_html_()


@pytest.mark.parametrize("wrong", [{"sizes": ()}, {"repeats": 0}])
def test_nothing_to_measure_is_one_sentence(wrong, lab):
    with pytest.raises(LabError, match="There is nothing to measure"):
        MemorySweep(lab, "Hello", **wrong)


def test_the_cost_is_that_of_time_and_memory_and_of_the_request():
    assert usd_per_million(1024, 1000) == pytest.approx(16.8667)
    assert usd_per_million(512, 100, "arm64") == pytest.approx(0.866670)


def point(memory, ms, usd):
    return Point(memory, ms, ms, usd)


FOUND = Sweep("Hello", (point(128, 1000, 2.0), point(512, 220, 2.2), point(1024, 200, 4.0)), 4)


def test_the_best_are_those_of_power_tuning():
    assert {name: one.memory_mb for name, one in FOUND.best.items()} == {
        "cheapest": 128,
        "fastest": 1024,
        "best balance": 512,  # 2.2/4 + 220/1000, against 2/4 + 1 and 1 + 200/1000
    }
    assert FOUND[512].usd == 2.2


def test_of_two_that_are_alike_the_faster_is_the_cheapest_and_the_cheaper_the_fastest():
    alike = Sweep("Hello", (point(128, 300, 2.0), point(256, 200, 2.0), point(512, 200, 3.0)), 3)
    assert alike.cheapest.memory_mb == alike.fastest.memory_mb == 256


def test_its_text_names_every_point():
    assert repr(FOUND).splitlines() == [
        "Hello: 3 of 4 memory sizes measured",
        "128 MB: 1000.00 ms, USD 2.00 for a million",
        "512 MB: 220.00 ms, USD 2.20 for a million",
        "1,024 MB: 200.00 ms, USD 4.00 for a million",
        "cheapest: 128 MB, fastest: 1,024 MB, best balance: 512 MB",
    ]


def test_nothing_measured_is_no_error():
    nothing = Sweep("Hello", (), 4)
    assert repr(nothing) == "Hello: 0 of 4 memory sizes measured"
    assert "nothing measured yet" in nothing._repr_html_()


def test_its_picture_has_a_point_on_both_curves_for_each_size_and_names_the_best():
    svg = FOUND.svg()
    assert "\n" not in svg and svg.startswith('<svg class="lab-chart"')
    assert svg.count("<circle") == svg.count("<rect") == 3
    assert "512 MB: 220 ms, USD 2.20 for a million" in svg
    assert [svg.count(f">{name}</text>") for name in FOUND.best] == [1, 1, 1]


def test_one_size_alone_is_drawn():
    assert Sweep("Hello", FOUND.points[:1], 1).svg().count("<circle") == 1


def test_only_a_sweep_that_was_cut_short_says_so_above_its_picture():
    assert FOUND._repr_html_().startswith("<p>Hello: 3 of 4 memory sizes measured</p>")
    assert Sweep("Hello", FOUND.points, 3)._repr_html_().startswith("<svg")
