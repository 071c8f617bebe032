import socket
import threading

import pytest

from helpers import doctor
from helpers.doctor import Finding
from helpers.engine import settings
from helpers.engine.execution import folders
from helpers.setup import components


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    monkeypatch.delenv("LAB_PORT", raising=False)
    return tmp_path


def test_every_check_gives_a_finding_with_a_fix_where_one_is_needed(home):
    for finding in doctor.checks():
        assert finding.state in ("ok", "weak", "missing")
        assert finding.detail
        assert bool(finding.fix) == (finding.state != "ok"), finding
        assert "\n" not in finding.detail + finding.fix


@pytest.mark.parametrize(("state", "status"), [("ok", 0), ("weak", 0), ("missing", 1)])
def test_only_something_missing_makes_it_fail(monkeypatch, capsys, state, status):
    monkeypatch.setattr(doctor, "CHECKS", (lambda: Finding("it", state, "so it is", "mend it"),))
    assert doctor.print_findings() == status
    assert "so it is" in capsys.readouterr().out


def test_a_set_up_that_is_not_complete_is_named_with_the_command_that_completes_it(monkeypatch):
    monkeypatch.setattr(components, "missing", lambda: [components.PYTHON])
    assert doctor.setup() == Finding("set-up", "missing", "not complete: the Python runtime", "run `make setup`")


def test_a_port_held_by_another_program_is_missing_with_another_port_to_use(home, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.1)
        number = other.getsockname()[1]
        other.close()
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", number))  # bound and not listening: it refuses at once
            monkeypatch.setenv("LAB_PORT", str(number))
            finding = doctor.port()
    assert finding.state == "missing"
    assert "LAB_PORT=" in finding.fix


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhtml",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
)
def test_a_program_that_answers_in_its_own_way_is_not_taken_for_the_engine(home, monkeypatch, answer):
    def serve(server):
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("LAB_PORT", str(server.getsockname()[1]))
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        finding = doctor.port()
        thread.join()
    assert finding.state == "missing"


def test_a_port_that_is_not_a_number_is_named(home, monkeypatch):
    monkeypatch.setenv("LAB_PORT", "http")
    assert doctor.port().state == "missing"


def test_the_port_looked_at_is_the_one_the_engine_was_started_on(home):
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    (home / "engine.json").write_text(f'{{"port": {number}}}')
    assert doctor.port() == Finding("port", "ok", f"{number} is free")


def test_a_damaged_engine_record_is_no_obstacle(home):
    (home / "engine.json").write_text("{")
    assert "4566" in doctor.port().detail


def test_a_folder_that_cannot_be_written_to_is_missing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "file" / "lab"))
    assert doctor.folder().state == "missing"
    assert doctor.disk().state in ("ok", "weak", "missing")


def test_a_proxy_that_would_catch_calls_to_the_backend_is_weak(monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    assert doctor.loopback().state == "weak"
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    assert doctor.loopback().state == "ok"


def test_memory_is_the_container_s_where_that_is_less(tmp_path):
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:   2000 kB\n")
    assert doctor.available_memory(tmp_path, tmp_path) == 2_048_000
    (tmp_path / "memory.max").write_text("5000\n")
    (tmp_path / "memory.current").write_text("1000\n")
    assert doctor.available_memory(tmp_path, tmp_path) == 4000
    (tmp_path / "memory.max").write_text("max\n")
    assert doctor.available_memory(tmp_path, tmp_path) == 2_048_000
    assert doctor.available_memory(tmp_path / "none", tmp_path / "none") is None


@pytest.mark.parametrize(
    ("auth", "state", "said"), [("on", "ok", "verifies who calls it"), ("off", "weak", "NOT verified by the engine at")]
)
def test_whether_the_engine_verifies_signatures_is_said(engine, auth, state, said):
    engine(LAB_AUTH=auth).up()
    finding = doctor.signatures()
    assert finding.state == state and said in finding.detail
    assert ("LAB_AUTH" in finding.fix) == (auth == "off")


def test_an_engine_that_does_not_say_whether_it_verifies_signatures_is_weak(engine):
    one = engine()
    one.up()
    (one.home / "credentials" / "secret").unlink()
    finding = doctor.signatures()
    assert finding.state == "weak" and "does not say" in finding.detail


def test_without_an_engine_nobody_can_call_it(home, monkeypatch):
    assert doctor.signatures().state == "ok"
    monkeypatch.setenv("LAB_PORT", "http")
    monkeypatch.setenv("LAB_LISTEN", "0.0.0.0")  # in our image, where the port alone says where the engine is
    assert doctor.signatures().state == "ok"


def test_our_engine_may_hold_the_port(engine, port):
    one = engine()
    one.up()
    assert doctor.port() == Finding("port", "ok", f"{port}: the engine answers")


def test_functions_that_are_not_kept_apart_are_weak_and_the_reason_is_said(monkeypatch):
    monkeypatch.setenv("LAB_ISOLATION", "plain")
    finding = doctor.isolation()
    assert finding.state == "weak"
    assert "can read your files: LAB_ISOLATION=plain" in finding.detail


def test_a_folder_of_the_engine_that_is_taken_is_told_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "root").write_text("mine")
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    finding = doctor.isolation()
    assert finding.state == "missing" and finding.fix.startswith("move it away, or set LAB_HOME")
    assert finding.detail == f"{tmp_path}/root is needed as a folder, and something else is in its place"


def test_looking_for_isolation_in_a_new_folder_leaves_nothing_there_that_an_engine_refuses(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "new"))
    assert doctor.isolation().state != "missing"
    folders.prepare(settings.Settings.from_environ({"LAB_HOME": str(tmp_path / "new")}))


@pytest.mark.parametrize("content", ["[" * 100_000, "[]", '{"port": {}}', '{"port": "x"}', '{"port": 70000}'])
def test_a_record_with_odd_content_is_no_port(tmp_path, monkeypatch, content):
    (tmp_path / "engine.json").write_text(content)
    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    monkeypatch.delenv("LAB_PORT", raising=False)
    assert doctor.port().detail.startswith("4566")


def test_isolation_is_what_the_engine_finds_when_it_tries(monkeypatch):
    monkeypatch.delenv("LAB_ISOLATION", raising=False)
    finding = doctor.isolation()
    assert (finding.state == "ok") == ("in namespaces of its own" in finding.detail)
