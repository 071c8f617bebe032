"""The clock, without waiting: its time is the test's."""

import threading

from helpers.engine.scheduler.clock import Clock


def test_what_is_due_is_done_in_the_order_of_the_times_and_once():
    now, done = [100.0], []
    clock = Clock(lambda: now[0])
    for when in (103.0, 101.0, 102.0):
        clock.call_at(when, lambda when=when: done.append(when))
    assert clock.due() == []
    now[0] = 102.5
    for call in clock.due():
        call.action()
    assert (done, clock.due()) == ([101.0, 102.0], [])


def test_what_was_cancelled_is_not_done():
    clock = Clock(lambda: 10.0)
    clock.call_at(5.0, lambda: None).cancel()
    assert clock.due() == []


def test_what_is_due_sooner_ends_the_waiting_for_what_is_due_later():
    clock, woken = Clock(), threading.Event()
    clock.call_at(4e9, lambda: None)

    def wait():
        clock.wait()
        woken.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    clock.call_at(0.0, lambda: None)
    assert woken.wait(10)
