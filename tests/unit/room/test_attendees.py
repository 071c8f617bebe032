"""Files of a room are other people's."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from helpers.errors import LabError
from helpers.room import attendees
from helpers.state.progress import Progress
from helpers.state.sharing import Sharing

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
LABS = attendees.course()
GOOD = {
    "name": "Ada",
    "joined": "2026-11-30T09:00:00+00:00",
    "solved": {"01": {"say_goodbye": "2026-11-30T09:30:00+00:00"}},
}
FILE = "0123456789abcdef.json"


def put(room, content, name=FILE):
    text = content if isinstance(content, (bytes, str)) else json.dumps(content)
    (room / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def read(room):
    return attendees.read(room, LABS, NOW)


def test_what_is_shared_is_what_is_read(home, tmp_path):
    Progress().record("01", "say_goodbye")
    Progress().record("04", "refuse_other_verbs")
    (room := tmp_path / "room").mkdir()
    Sharing().start("  Ada   Lovelace ", room, Progress().everything())
    [ada] = attendees.read(room, LABS, datetime.now(UTC)).attendees
    assert ada.name == "Ada Lovelace"
    assert set(ada.solved) == {"1.2", "4.1"}
    assert ada.last[0] in ada.solved
    assert [ada.of(lab) for lab in LABS[:5]] == [0, 1, 0, 0, 1]


def test_progress_under_an_exercises_earlier_number_counts(tmp_path):
    put(tmp_path, {**GOOD, "solved": {"00": {"0.1": "2026-11-30T09:30:00+00:00"}}})
    assert list(read(tmp_path).attendees[0].solved) == ["0.1"]


def test_labs_and_exercises_that_do_not_exist_are_not_heard(tmp_path):
    put(tmp_path, {**GOOD, "solved": {"77": {"x": "y"}, "01": {"no_such": "y"}}})
    assert read(tmp_path).attendees[0].solved == {}


def test_a_time_in_the_future_is_now(tmp_path):
    put(tmp_path, {**GOOD, "solved": {"01": {"say_goodbye": "9999-12-31T23:59:59+00:00"}}})
    assert read(tmp_path).attendees[0].last == ("1.2", NOW)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"[" * 60_000,
        b"1" * 60_000,
        json.dumps(GOOD).encode() + b" " * attendees.BYTES,
        {**GOOD, "more": 1},
        {key: value for key, value in GOOD.items() if key != "joined"},
        {**GOOD, "name": 7},
        {**GOOD, "name": ""},
        {**GOOD, "name": " "},
        {**GOOD, "name": "x" * 41},
        {**GOOD, "name": "a\u202eb"},
        {**GOOD, "name": "a\nb"},
        {**GOOD, "name": "\ud800"},
        {**GOOD, "joined": "yesterday"},
        {**GOOD, "joined": "2026-11-30T09:00:00"},
        {**GOOD, "joined": "0001-01-01T00:00:00+23:59"},
        {**GOOD, "joined": None},
        {**GOOD, "solved": []},
        {**GOOD, "solved": {"01": "say_goodbye"}},
        {**GOOD, "solved": {"01": {"say_goodbye": 7}}},
        {**GOOD, "solved": {"01": {"say_goodbye": "<script>"}}},
    ],
)
def test_a_file_that_is_not_as_expected_is_counted_and_left(tmp_path, content):
    put(tmp_path, content)
    put(tmp_path, GOOD, "fedcba9876543210.json")
    found = read(tmp_path)
    assert [one.name for one in found.attendees] == ["Ada"] and found.odd == 1


def test_links_are_not_followed_and_pipes_and_folders_not_waited_for(tmp_path):
    (room := tmp_path / "room").mkdir()
    put(tmp_path, GOOD)
    (room / FILE).symlink_to(tmp_path / FILE)
    os.mkfifo(room / "1123456789abcdef.json")
    (room / "2123456789abcdef.json").mkdir()
    (room / "3123456789abcdef.json").symlink_to("/dev/zero")
    found = read(room)
    assert (found.attendees, found.odd) == ((), 4)


def test_files_of_other_names_are_not_looked_at(tmp_path):
    for name in ("Ada.json", f".{FILE}.1.tmp", "0123456789ABCDEF.json", f"{FILE}.bak"):
        put(tmp_path, GOOD, name)
    assert read(tmp_path) == attendees.Room(())


def test_a_flood_of_files_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(attendees, "FILES", 5)
    for number in range(20):
        put(tmp_path, GOOD, f"{number:016x}.json")
    assert len(read(tmp_path).attendees) == 5


def test_a_room_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(LabError, match="cannot be read"):
        read(tmp_path / "nowhere")


def test_attendees_come_in_the_order_of_their_names(tmp_path):
    for number, name in enumerate(("grace", "Ada", "bob")):
        put(tmp_path, {**GOOD, "name": name}, f"{number:016x}.json")
    assert [one.name for one in read(tmp_path).attendees] == ["Ada", "bob", "grace"]
    assert read(tmp_path).attendees[0].joined == NOW - timedelta(hours=1)
