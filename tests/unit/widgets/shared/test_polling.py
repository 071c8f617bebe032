"""The thread behind a widget that follows something: it ends when it should."""

import threading

from helpers.widgets.shared.polling import Polling


def polling(step, ended=lambda: None):
    return Polling(step, 0.001, "a test's polling", ended)


def test_it_asks_until_it_is_stopped_and_no_thread_is_left():
    asked = threading.Semaphore(0)
    one = polling(lambda: asked.release() or True)
    one.start()
    for _ in range(3):
        assert asked.acquire(timeout=10)
    one.stop()
    assert not one.alive
    assert "a test's polling" not in {thread.name for thread in threading.enumerate()}


def test_it_ends_when_a_step_says_so():
    done = threading.Event()
    one = polling(lambda: False, done.set)
    one.start()
    assert done.wait(10)
    assert not one.alive


def test_starting_twice_makes_one_thread():
    one = polling(lambda: True)
    one.start()
    one.start()
    assert [thread.name for thread in threading.enumerate()].count("a test's polling") == 1
    one.stop()


def test_it_can_be_started_again():
    asked = threading.Semaphore(0)
    one = polling(lambda: asked.release() or True)
    one.start()
    one.stop()
    one.start()
    assert one.alive and asked.acquire(timeout=10)
    one.stop()


def test_a_kernel_does_not_wait_for_it():
    one = polling(lambda: True)
    one.start()
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "a test's polling"]
    assert thread.daemon
    one.stop()


def test_a_step_may_stop_it():
    done = threading.Event()

    def step():
        one.stop()
        done.set()
        return True

    one = polling(step)
    one.start()
    assert done.wait(10)
    assert not one.alive
