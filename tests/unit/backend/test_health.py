"""Asking a backend over plain HTTP."""

import socket

import pytest

from helpers.backend import health
from helpers.backend.credentials import read_secret


def test_an_engine_tells_everybody_that_it_is_healthy_and_ours(engine):
    endpoint = engine().up().endpoint
    assert health.healthy(endpoint)
    assert health.lab_health(endpoint) == {"engine": "lambda-labs", "backend": "embedded"}


def test_an_engine_tells_its_status_to_who_knows_its_secret(engine, home):
    endpoint = engine().up().endpoint
    assert health.lab_status(endpoint, read_secret(home))["version"] == "4.9.2"
    assert health.lab_status(endpoint, "another") is None


@pytest.mark.parametrize("answer", [None, {}, {"engine": "another"}, {"backend": "docker"}])
def test_another_program_is_not_taken_for_our_engine(monkeypatch, answer):
    monkeypatch.setattr(health, "get_json", lambda endpoint, path: answer)
    assert health.lab_health("http://x") is None


def test_an_answer_other_than_200_is_none(engine):
    assert health.get_json(engine().up().endpoint, "/nowhere") is None


def test_a_trailing_slash_in_the_endpoint_does_not_matter(engine):
    assert health.healthy(engine().up().endpoint + "/")


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1", "http://127.0.0.1:port", "nonsense", "https://127.0.0.1:1"])
def test_where_nobody_listens_there_is_no_answer(endpoint):
    assert health.get_json(endpoint, "/") is None


def test_a_server_that_is_silent_costs_no_more_than_the_time_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert health.get_json(f"http://127.0.0.1:{server.getsockname()[1]}", "/", seconds=0.1) is None


def test_who_took_the_port_a_moment_before_is_not_taken_for_the_engine(engine, home):
    endpoint = engine().up().endpoint
    assert health.knows_secret(endpoint, read_secret(home))
    assert not health.knows_secret(endpoint, "another secret")


def test_the_secret_itself_is_sent_to_nobody(engine, home, monkeypatch):
    endpoint, sent = engine().up().endpoint, []
    request = health.http.client.HTTPConnection.request

    def watched(self, *arguments, **options):
        sent.append((arguments, options))
        return request(self, *arguments, **options)

    monkeypatch.setattr(health.http.client.HTTPConnection, "request", watched)
    assert health.lab_status(endpoint, read_secret(home)) and health.knows_secret(endpoint, read_secret(home))
    assert len(sent) == 2 and read_secret(home) not in repr(sent)
