"""The page as it is served."""

import socket
import threading
import urllib.error
import urllib.request

import pytest

from helpers.errors import LabError
from helpers.room import server


@pytest.fixture
def room(tmp_path):
    """A room's folder, made as the command makes it."""
    server.prepare(tmp_path / "a" / "room")
    return tmp_path / "a" / "room"


@pytest.fixture
def address(room):
    """The address of the room's page."""
    serving, address = server.make(room)
    thread = threading.Thread(target=serving.serve_forever, args=(0.05,))
    thread.start()
    yield address
    serving.shutdown()
    thread.join()
    serving.server_close()


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.headers, answer.read().decode()


def status(url):
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(url)
    with caught.value as error:
        return error.code, error.read().decode()


def test_the_page_and_its_files_are_served_with_a_policy_that_lets_nothing_else_in(address):
    headers, text = get(address)
    assert "<h1>Who is where</h1>" in text
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    for name in server.FILES:
        assert f'"{name}"' in text and get(address + name)[1]


def test_without_the_secret_there_is_nothing(address):
    origin, secret = address[:-1].rsplit("/", 1)
    for path in ("/", "/room.css", f"/{secret[:-1]}/", f"/{secret}x/", "/é/"):
        assert status(origin + urllib.request.quote(path))[0] == 404
    assert status(f"{address}../state/home.py")[0] == status(f"{address}%2e%2e/page.py")[0] == 404


def test_it_listens_on_loopback_only(room):
    serving, address = server.make(room)
    with serving:
        assert serving.server_address[0] == "127.0.0.1" and address.startswith("http://127.0.0.1:")


def test_each_look_reads_the_room_anew_and_one_that_is_gone_is_a_sentence(room, address):
    assert "0 attendees" in get(address)[1]
    told = '{"name": "Ada", "joined": "2026-11-30T09:00:00+00:00", "solved": {}}'
    (room / "0123456789abcdef.json").write_text(told)
    assert "1 attendee at" in get(address)[1]
    (room / "0123456789abcdef.json").unlink()
    room.rmdir()
    assert status(address) == (
        500,
        f"The room {room} cannot be read (No such file or directory): make it readable for you.",
    )


def test_anybody_may_put_a_file_into_a_new_room_and_an_old_one_stays_as_it_is(room):
    assert room.stat().st_mode & 0o7777 == 0o1733
    room.chmod(0o750)
    server.prepare(room)
    assert room.stat().st_mode & 0o7777 == 0o750


def test_a_place_that_cannot_be_a_room_and_a_port_that_is_taken_are_one_sentence(room, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LabError, match="cannot be made"):
        server.prepare(tmp_path / "file")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(LabError, match="cannot be used"):
        server.make(room, taken.getsockname()[1])
