"""The threads that handle requests."""

import threading

from helpers.engine.server.front.workers import Workers


def test_a_task_takes_an_idle_thread_and_a_new_one_only_if_there_is_none():
    workers, done = Workers(8), threading.Semaphore(0)
    for _ in range(3):
        workers.submit(done.release)
        assert done.acquire(timeout=10)
        while workers.idle._value == 0:  # it says that it is idle after the task has ended
            pass
    assert workers.started == 1


def test_tasks_that_wait_for_each_other_run_at_once():
    workers, all_here = Workers(4), threading.Barrier(5)
    for _ in range(4):
        workers.submit(all_here.wait)
    all_here.wait(timeout=10)
    assert workers.started == 4


def test_more_tasks_than_threads_wait_for_one():
    workers, go, done = Workers(1), threading.Event(), threading.Semaphore(0)
    workers.submit(go.wait)
    for _ in range(2):
        workers.submit(done.release)
    assert not done.acquire(blocking=False)
    go.set()
    assert done.acquire(timeout=10) and done.acquire(timeout=10)
    assert workers.started == 1


def test_a_task_that_fails_is_logged_and_its_thread_goes_on(caplog):
    workers, done = Workers(1), threading.Event()
    workers.submit(lambda: 1 / 0)
    workers.submit(done.set)
    assert done.wait(10)
    assert "ZeroDivisionError" in caplog.text
