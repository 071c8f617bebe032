"""Long work: it counts, ends when it is told to, puts back what it changed, and keeps what was finished."""

import signal
import threading

import pytest

from helpers.errors import LabError
from helpers.state.interrupts import postponed
from helpers.widgets.shared.job import Job


class Count(Job):
    """Counts to 5; tests give what happens at a number, {number: function}, and what `tidy` does."""

    def __init__(self, at=None, tidying=lambda: None):
        super().__init__("Counting", 5, "numbers", clock=lambda: 0.0)
        self.at, self.tidying = at or {}, tidying
        self.found = []

    def work(self):
        self.found = []
        for number in range(1, 6):
            self.at.get(number, lambda: None)()
            self.found.append(number)
            self.step(f"after {number}")

    def tidy(self):
        self.found.append("tidy")
        self.tidying()

    @property
    def result(self):
        return self.found


def interrupt():
    signal.raise_signal(signal.SIGINT)


def fail():
    raise ValueError("of all things")


def test_it_runs_to_its_end_and_returns_what_it_found():
    job = Count()
    assert job.run() == [1, 2, 3, 4, 5, "tidy"]
    assert (job.state, job.done) == ("done", 5)
    assert repr(job) == "Counting\n5 of 5 numbers\n[1, 2, 3, 4, 5, 'tidy']"


def test_it_has_failed_if_what_it_changed_cannot_be_put_back():
    job = Count(tidying=fail)
    with pytest.raises(ValueError, match="of all things"):
        job.run()
    assert job.state == "failed"


def test_an_interrupt_while_it_is_being_shown_leaves_it_ready_for_the_next_run(monkeypatch):
    job = Count()
    monkeypatch.setattr(job, "_announce", interrupt)
    with pytest.raises(KeyboardInterrupt):
        job.run()
    monkeypatch.undo()
    assert (job.state, job.run()[-1]) == ("interrupted", "tidy")


def test_cancel_ends_it_after_the_step_it_is_at_and_what_was_finished_is_returned():
    job = Count({3: lambda: job.cancel()})
    assert job.run() == [1, 2, 3, "tidy"]
    assert (job.state, job.done) == ("cancelled", 3)
    assert job._status() == "3 of 5 numbers · cancelled"


def test_a_click_on_cancel_does_the_same():
    seen = []
    job = Count({2: lambda: (job._button.click(), seen.append(job._button.disabled))})
    assert job._view and job._button.disabled
    assert job.run() == [1, 2, "tidy"]
    assert seen == [True] and "2 of 5 numbers · cancelled" in job._bar.value


def test_a_click_is_taken_from_another_thread_while_it_runs():
    def click():
        thread = threading.Thread(target=lambda: job._button.click())
        thread.start()
        thread.join(10)

    job = Count({2: click})
    assert job._view
    assert job.run() == [1, 2, "tidy"]


def test_cancel_before_or_after_does_nothing():
    job = Count()
    job.cancel()
    assert job.run() == [1, 2, 3, 4, 5, "tidy"]
    job.cancel()
    assert job.state == "done"


def test_an_interrupt_ends_it_at_once_and_what_was_changed_is_put_back():
    job = Count({3: interrupt})
    with pytest.raises(KeyboardInterrupt, match="2 of 5 numbers were done") as raised:
        job.run()
    assert job.result == [1, 2, "tidy"]
    assert job.state == "interrupted"
    assert raised.value.__suppress_context__  # one traceback, not three
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_waits_until_all_is_put_back():
    back = []
    job = Count({3: interrupt}, lambda: (interrupt(), back.append(True)))
    with pytest.raises(KeyboardInterrupt):
        job.run()
    assert back == [True]


def test_an_error_comes_out_as_it_is_and_all_is_put_back():
    job = Count({4: fail})
    with pytest.raises(ValueError, match="of all things"):
        job.run()
    assert job.result == [1, 2, 3, "tidy"]
    assert job.state == "failed"


def test_it_can_be_run_again_after_any_end():
    job = Count({3: lambda: job.cancel()})
    job.run()
    job.at = {2: fail}
    with pytest.raises(ValueError, match="of all things"):
        job.run()
    job.at = {}
    assert job.run() == [1, 2, 3, 4, 5, "tidy"]
    assert job.done == 5


def test_it_does_not_run_twice_at_once():
    errors = []

    def again():
        with pytest.raises(LabError, match="it already runs: wait") as raised:
            job.run()
        errors.append(raised)

    job = Count({2: again})
    assert job.run() == [1, 2, 3, 4, 5, "tidy"]
    assert len(errors) == 1


def test_the_bar_says_how_far_it_is_and_what_it_is_at():
    said = []
    job = Count({3: lambda: (job.draw(), said.append(job._bar.value))})
    assert job._view
    job.run()
    assert 'max="5" value="2"' in said[0] and "2 of 5 numbers · after 2" in said[0]
    assert 'role="status"' in said[0] and 'aria-label="Counting"' in said[0]


def test_it_is_not_drawn_for_each_of_many_steps():
    drawn = []
    job = Count()
    job.draw = lambda: drawn.append(job.done)
    job.run()
    assert drawn == [5]


def test_an_interrupt_is_put_off_to_the_end_of_the_block():
    done = []
    with pytest.raises(KeyboardInterrupt), postponed():
        interrupt()
        done.append(True)
    assert done == [True]


def test_nothing_is_put_off_in_a_thread_to_which_no_interrupt_comes():
    done = []

    def work():
        with postponed():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert done == [True]
