"""On some machines `localhost` is `::1` only, or cannot be looked up at all; the learner's side needs no names."""

import os
import socket

import pytest

from helpers.backend import session
from helpers.backend.credentials import read_secret
from helpers.backend.health import healthy, lab_status


@pytest.fixture
def no_names(monkeypatch):
    """A machine that knows addresses and no names."""
    known = socket.getaddrinfo

    def look_up(host, port, family=0, type=0, proto=0, flags=0):
        return known(host, port, family, type, proto, flags | socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(socket.gaierror):
        socket.create_connection(("localhost", 1), timeout=1)


def test_the_engine_is_started_found_and_asked_by_its_address(engine, no_names):
    one = engine()
    record = one.up()
    assert healthy(record.endpoint) and lab_status(record.endpoint, read_secret(one.home))["pid"] == record.pid
    os.environ["LAB_PORT"] = str(record.port)  # it is the fixture's to restore
    connected = session.connect()
    assert connected.endpoint == os.environ["AWS_ENDPOINT_URL"] == f"http://127.0.0.1:{record.port}"
    for service in ("lambda", "s3", "apigateway", "sts"):
        assert connected.client(service).meta.endpoint_url == record.endpoint
