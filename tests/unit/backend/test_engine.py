"""The embedded engine as a process, with a stand-in for the engine."""

import json
import multiprocessing
import os
import shutil
import signal
import socket
import sys

import psutil
import pytest

from helpers.backend import launch, processes
from helpers.backend.credentials import read_secret
from helpers.backend.engine import Engine
from helpers.backend.health import lab_status
from helpers.backend.launch import wait_for
from helpers.errors import EngineError, LabError


def test_up_returns_when_the_engine_answers(engine, home, port):
    record = engine().up()
    assert record.port == port
    assert lab_status(record.endpoint, read_secret(home))["pid"] == record.pid


def test_a_second_up_starts_nothing(engine):
    assert engine().up() == engine().up()


def test_two_kernels_that_start_the_engine_at_once_get_the_same_one(engine):
    one = engine()
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        records = pool.map(_up, [(one.home, one.command, one.environ)] * 4)
    assert len({record.pid for record in records}) == 1


def _up(arguments):
    return Engine(*arguments).up()


def test_down_ends_the_process_and_frees_the_port(engine):
    one = engine()
    record = one.up()
    assert one.down() is True
    assert not record.alive
    assert processes.port_is_free(record.port)
    assert one.running() is None


def test_down_without_an_engine_is_no_error(engine):
    assert engine().down() is False


def test_down_ends_what_the_engine_has_started(engine):
    one = engine("parent")
    record = one.up()
    children = psutil.Process(record.pid).children()
    assert len(children) == 1
    one.down()
    assert not any(map(processes.is_alive, children))


def test_an_engine_that_ignores_sigterm_is_killed(engine, monkeypatch):
    monkeypatch.setattr("helpers.backend.engine.STOP_SECONDS", 0.3)
    one = engine("stubborn")
    record = one.up()
    assert one.down() is True
    assert not record.alive


def test_a_killed_engine_is_started_again_on_its_port(engine):
    one = engine()
    first = one.up()
    os.kill(first.pid, signal.SIGKILL)
    assert wait_for(lambda: one.running() is None, 5)
    elsewhere = Engine(one.home, one.command, environ={})  # LAB_PORT is not set: the record knows
    second = elsewhere.up()
    assert second.port == first.port
    assert second.pid != first.pid


def test_a_stale_record_whose_pid_is_another_program_now_is_not_our_engine(engine):
    one = engine()
    one.home.mkdir(parents=True)
    one.file.write_text(json.dumps({"pid": os.getpid(), "birth": "another boot 1", "port": 1, "log": ""}))
    assert one.running() is None
    assert one.down() is False, "this test would not be here if it were true"
    assert one.up().pid != os.getpid()


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "7", '{"pid": 1}', "\x00", "[" * 100_000),
        '{"pid": 1, "started": 1790000000.1, "port": 4566, "log": ""}',  # as it was before November 2026
        '{"pid": "1", "birth": "b 1", "port": 4566, "log": ""}',
        '{"pid": 1, "birth": "b 1", "port": "4566", "log": ""}',
        '{"pid": 1, "birth": "b 1", "port": 4566, "log": ["x"]}',
        '{"pid": 1, "birth": "b 1", "port": 4566, "log": "\\u0000"}',
        '{"pid": true, "birth": "b 1", "port": 4566, "log": ""}',
        '{"pid": 99999999999999999999, "birth": "b 1", "port": 4566, "log": ""}',
        '{"pid": -1, "birth": "b 1", "port": 4566, "log": ""}',
        '{"pid": 1, "birth": "b 1", "port": 70000, "log": ""}',
    ],
    ids=lambda content: content[:60],
)
def test_a_record_that_cannot_be_read_counts_as_none(engine, content):
    one = engine()
    one.home.mkdir(parents=True)
    one.file.write_text(content)
    assert one.running() is None
    assert one.up().alive


def test_a_record_that_an_editor_has_saved_with_a_byte_order_mark_is_read(engine):
    one = engine()
    record = one.up()
    one.file.write_text(one.file.read_text(), encoding="utf-8-sig")
    assert one.running() == record


@pytest.mark.parametrize("name", ["engine.json", "engine.log", "engine.lock"])
def test_a_folder_in_the_place_of_a_file_is_one_sentence_and_stays(engine, name):
    one = engine()
    (one.home / name / "mine").mkdir(parents=True)
    with pytest.raises(LabError, match=f"{name} is a folder, and a file of the labs belongs there"):
        one.up()
    assert (one.home / name / "mine").is_dir()
    assert wait_for(lambda: processes.port_is_free(one.asked_port()), 5), "what was started meanwhile is ended"
    shutil.rmtree(one.home / name)


def test_a_log_that_cannot_be_opened_is_one_sentence(engine):
    one = engine()
    one.home.mkdir(parents=True)
    (one.home / "engine.log").symlink_to("engine.log")
    with pytest.raises(LabError, match=r"engine.log cannot be written \(Too many levels of symbolic links\)"):
        one.up()


def test_a_log_with_binary_content_ends_in_words_that_can_be_read(tmp_path):
    log = tmp_path / "engine.log"
    log.write_bytes(b"\x00\x1b[31m\xff" + b"x" * 1_000_000 + b"\r\nThe end\x07\n")
    words = launch.last_words(str(log), 0)
    assert words.endswith("x | The end") and words.isprintable() and len(words) <= 500


def test_an_engine_that_ends_and_whose_log_is_gone_is_one_sentence(tmp_path):
    gone = launch.Record(2**22 + 1, "b 1", 1, str(tmp_path / "gone"))
    with pytest.raises(EngineError, match="its log cannot be read: No such file or directory"):
        launch.wait_until_it_answers(gone, 0)


def test_a_port_taken_by_something_else_is_one_sentence_that_names_it(engine, port):
    with socket.create_server(("127.0.0.1", port)), pytest.raises(EngineError) as caught:
        engine().up()
    assert str(caught.value).startswith(f"Port {port} is taken by ")
    if sys.platform == "linux":
        assert f"(process {os.getpid()})" in str(caught.value)


def test_another_port_than_that_of_the_running_engine_is_an_error(engine):
    record = engine().up()
    with pytest.raises(EngineError, match=f"already runs on port {record.port}, not 1234"):
        engine().up(1234)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80.5", "٤٥٦٦"])
def test_a_lab_port_that_is_not_a_port_is_one_sentence(home, text):
    with pytest.raises(EngineError, match="LAB_PORT is"):
        Engine(home, ["x"], {"LAB_PORT": text}).up()


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_port_number_that_is_none_is_one_sentence(engine, port):
    with pytest.raises(EngineError, match=f"{port} is not a port"):
        Engine(engine().home, engine().command, {}).up(port)


def test_an_engine_that_dies_while_starting_leaves_its_last_words(engine):
    one = engine("dies")
    with pytest.raises(EngineError) as caught:
        one.up()
    message = str(caught.value)
    assert "Something is missing | and this says what" in message
    assert str(one.home / "engine.log") in message
    assert one.running() is None


def test_the_last_words_are_those_of_this_start(engine):
    one = engine("dies")
    one.home.mkdir(parents=True)
    (one.home / "engine.log").write_text("words of an earlier start\n")
    with pytest.raises(EngineError) as caught:
        one.up()
    assert "earlier" not in str(caught.value)


def test_an_engine_that_does_not_answer_is_ended(engine, monkeypatch):
    one = engine("mute")
    monkeypatch.setattr("helpers.backend.engine.wait_until_it_answers", _impatiently(launch.wait_until_it_answers))
    with pytest.raises(EngineError, match="did not answer within 1 s"):
        one.up()
    assert one.running() is None


def _impatiently(wait):
    return lambda record, offset: wait(record, offset, seconds=1)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match=r"cannot be written \(Not a directory\): make it writable, or set LAB_HOME"):
        Engine(tmp_path / "file" / "lab", [sys.executable], {}).up()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_sentence(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(LabError, match="make it writable, or set LAB_HOME"):
        Engine(tmp_path / "lab", [sys.executable], {}).up()


def test_an_engine_that_is_not_installed_is_one_sentence(home, port):
    with pytest.raises(EngineError, match="run 'make setup' first"):
        Engine(home, [str(home / "no" / "python")], {}).up(port)


def test_nothing_ambient_reaches_the_engine(engine, home):
    ambient = {"AWS_PROFILE": "work", "AWS_ACCESS_KEY_ID": "secret", "PYTHONPATH": "/x", "PATH": os.environ["PATH"]}
    ambient["LAB_SECRET_ACCESS_KEY"] = "somebody's"
    record = engine(**ambient).up()
    seen = lab_status(record.endpoint, read_secret(home))["environ"]
    assert set(seen) - {"LC_CTYPE"} == {"PATH", "LAB_PORT", "LAB_HOME"}


def test_what_chooses_how_the_engine_works_reaches_it(engine, home):
    chosen = {
        "LAB_AUTH": "off",
        "LAB_HOSTS": "labs.example",
        "LAB_IAM": "off",
        "LAB_ISOLATION": "plain",
        "LAB_CPU": "full",
    }
    record = engine(**chosen).up()
    assert chosen.items() <= lab_status(record.endpoint, read_secret(home))["environ"].items()


def test_the_secret_is_there_before_the_engine_and_outlives_it(engine, home):
    with pytest.raises(EngineError):
        engine("dies").up()
    made = read_secret(home)
    assert made
    one = engine()
    one.up()
    one.down()
    assert read_secret(home) == made


def test_a_long_log_is_put_aside_when_the_engine_starts(engine, monkeypatch):
    monkeypatch.setattr("helpers.backend.launch.LOG_LIMIT", 10)
    one = engine("dies")
    one.home.mkdir(parents=True)
    (one.home / "engine.log").write_text("more than ten bytes\n")
    with pytest.raises(EngineError, match="and this says what"):
        one.up()
    assert (one.home / "engine.log.1").read_text() == "more than ten bytes\n"


def test_ctrl_c_while_the_engine_starts_leaves_no_process(engine, monkeypatch):
    one = engine()
    seen = []

    def interrupted(record, offset):
        seen.append(record)
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.backend.engine.wait_until_it_answers", interrupted)
    with pytest.raises(KeyboardInterrupt):
        one.up()
    assert wait_for(lambda: not seen[0].alive, 5)
    assert one.running() is None


def test_ctrl_c_at_the_very_moment_when_the_engine_is_started_leaves_no_process(engine, monkeypatch):
    one = engine()
    seen = []

    def spawn(*arguments):
        seen.append(launch.spawn(*arguments))
        signal.raise_signal(signal.SIGINT)  # nobody knows of the process yet
        return seen[0]

    monkeypatch.setattr("helpers.backend.engine.spawn", spawn)
    with pytest.raises(KeyboardInterrupt):
        one.up()
    assert wait_for(lambda: not seen[0].alive, 5)
    assert one.running() is None


def test_a_second_ctrl_c_does_not_keep_a_half_started_engine_alive(engine, monkeypatch):
    one = engine()
    seen = []

    def interrupted(record, offset):
        seen.append(record)
        raise KeyboardInterrupt

    def family(pid):
        signal.raise_signal(signal.SIGINT)
        return processes_family(pid)

    processes_family = processes.family
    monkeypatch.setattr("helpers.backend.engine.wait_until_it_answers", interrupted)
    monkeypatch.setattr(processes, "family", family)
    with pytest.raises(KeyboardInterrupt):
        one.up()
    assert wait_for(lambda: not seen[0].alive, 5)
    assert one.running() is None
