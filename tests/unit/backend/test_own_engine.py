"""Which engine is ours, and who is sent its secret."""

import stat

import pytest

from helpers.backend import own_engine
from helpers.backend.credentials import ensure_secret, read_secret, secret_file
from helpers.errors import EngineError


@pytest.fixture
def asked(monkeypatch):
    """Who was asked for the status, with which secret."""
    calls = []
    monkeypatch.setattr(own_engine.health, "lab_status", lambda *call: calls.append(call) or {"answered": True})
    return calls


def test_an_engine_that_runs_is_ours_under_its_recorded_address(engine, home, port):
    environ = {"LAB_HOME": str(home)}
    assert own_engine.address(environ) is None
    endpoint = engine().up().endpoint
    assert own_engine.address(environ) == endpoint
    for same in (endpoint, f"{endpoint}/", f"http://localhost:{port}"):
        assert own_engine.recognize(same, environ) == endpoint


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1", "http://127.0.0.1:{port}0", "https://127.0.0.1:{port}"])
def test_the_secret_is_sent_to_no_other_server(engine, home, port, asked, endpoint):
    engine().up()
    assert own_engine.status(endpoint.format(port=port), {"LAB_HOME": str(home)}) is None
    assert asked == []


def test_the_secret_is_not_sent_to_who_listens_where_our_engine_has_ended(engine, home, asked):
    one = engine()
    endpoint = one.up().endpoint
    one.down()
    assert own_engine.status(endpoint, {"LAB_HOME": str(home), **one.environ}) is None
    assert asked == []


def test_our_own_engine_is_asked_at_its_recorded_address(engine, home, port, asked):
    endpoint = engine().up().endpoint
    assert own_engine.status(f"http://localhost:{port}", {"LAB_HOME": str(home)}) == {"answered": True}
    assert asked == [(endpoint, read_secret(home))]


def test_in_our_image_the_engine_beside_jupyterlab_is_ours(home, asked):
    ensure_secret(home)
    environ = {"LAB_HOME": str(home), "LAB_LISTEN": "0.0.0.0", "LAB_PORT": "4600"}
    assert own_engine.status("http://127.0.0.1:4600", environ) == {"answered": True}
    assert own_engine.status("http://127.0.0.1:4566", environ) is None
    assert asked == [("http://127.0.0.1:4600", read_secret(home))]


def test_an_engine_whose_secret_is_gone_is_to_be_started_again(engine, home):
    environ = {"LAB_HOME": str(home)}
    engine().up()
    secret_file(home).unlink()
    with pytest.raises(EngineError, match="stop the engine and start it again"):
        own_engine.random_secret(environ)
    assert not secret_file(home).exists(), "another one would be no use"


def test_before_the_first_start_the_secret_is_made_for_nobody_else_to_read(home):
    made = own_engine.random_secret({"LAB_HOME": str(home)})
    assert made == own_engine.random_secret({"LAB_HOME": str(home)}) == read_secret(home)
    assert stat.S_IMODE(secret_file(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(secret_file(home).parent.stat().st_mode) == 0o700
