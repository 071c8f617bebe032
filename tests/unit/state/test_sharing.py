"""What is shared with a room, and that nothing is unless somebody asked for it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from helpers.errors import LabError
from helpers.state.progress import Progress
from helpers.state.sharing import Sharing


@pytest.fixture
def room(tmp_path):
    """A room's folder."""
    (tmp_path / "room").mkdir()
    return tmp_path / "room"


def told(room):
    return [json.loads(file.read_text()) for file in room.iterdir()]


def test_nothing_is_shared_without_opting_in_also_where_the_room_is_named(home, room, monkeypatch):
    monkeypatch.setenv("LAB_ROOM", str(room))
    Progress().record("01", "say_goodbye")
    assert Sharing().current() is None
    assert list(room.iterdir()) == []


def test_what_is_shared_is_the_name_the_exercises_and_the_times_and_nothing_else(home, room):
    Progress().record("01", "say_goodbye")
    shared = Sharing().start("Ada", room, Progress().everything())
    Progress().record("02", "let_lambda_in")
    assert told(room) == [{"name": "Ada", "joined": shared.joined, "solved": json.loads(Progress().file.read_text())}]
    names = [name for lab in told(room)[0]["solved"].values() for name in lab]
    assert names == ["say_goodbye", "let_lambda_in"]


def test_the_files_name_tells_nothing_and_stays(home, room):
    first = Sharing().start("Ada", room, {})
    second = Sharing().start("Grace", room, {})
    assert (first.file, first.joined) == (second.file, second.joined)
    assert [one["name"] for one in told(room)] == ["Grace"]
    assert "Ada" not in first.file and len(first.file) == len("0123456789abcdef.json")


def test_forgetting_progress_is_told_too(home, room):
    Progress().record("01", "say_goodbye")
    Sharing().start("Ada", room, Progress().everything())
    Progress().forget()
    assert told(room)[0]["solved"] == {}


def test_stopping_takes_back_what_was_shared_and_shares_nothing_later(home, room):
    Sharing().start("Ada", room, {})
    assert Sharing().stop().name == "Ada"
    Progress().record("01", "say_goodbye")
    assert list(room.iterdir()) == []
    assert Sharing().stop() is None


def test_another_room_is_told_and_the_first_one_no_more(home, room, tmp_path):
    (tmp_path / "other").mkdir()
    Sharing().start("Ada", room, {})
    Sharing().start("Ada", tmp_path / "other", {})
    assert list(room.iterdir()) == [] and len(told(tmp_path / "other")) == 1


def test_an_exercise_is_done_also_where_the_room_is_gone_and_the_folder_is_not_made_again(home, room):
    Sharing().start("Ada", room, {})
    for file in room.iterdir():
        file.unlink()
    room.rmdir()
    Progress().record("01", "say_goodbye")
    assert "say_goodbye" in Progress().done("01")
    assert not room.exists()
    with pytest.raises(LabError, match="cannot be written"):
        Sharing().tell({})


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "Ada\x1b[2J", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(home, room, name):
    with pytest.raises(LabError, match="1 to 40 printable characters"):
        Sharing().start(name, room, {})
    assert list(room.iterdir()) == [] and Sharing().current() is None


def test_a_room_that_is_not_there_is_refused(home, room):
    with pytest.raises(LabError, match="There is no folder"):
        Sharing().start("Ada", room / "nowhere", {})
    assert Sharing().current() is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"name": 1, "room": "/tmp", "file": "a", "joined": "b"}', "[" * 10_000]
)
def test_an_odd_record_shares_nothing(home, room, text):
    home.mkdir()
    (home / "sharing.json").write_text(text)
    assert Sharing().current() is None
    Progress().record("01", "say_goodbye")
    assert list(room.iterdir()) == []


def test_a_record_cannot_lead_out_of_the_room(home, room):
    home.mkdir()
    record = {"name": "Ada", "room": str(room), "file": "../lab/progress.json", "joined": "2026-11-30T09:00:00+00:00"}
    (home / "sharing.json").write_text(json.dumps(record))
    assert Sharing().current() is None


@pytest.mark.once
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_whoever_may_not_list_the_room_can_share_with_it_and_the_umask_hides_nothing():
    code = """
import encodings.utf_8_sig, os, sys
from pathlib import Path
from helpers.state.progress import Progress
from helpers.state.sharing import Sharing
os.umask(0o077)
os.setgroups([]); os.setgid(65534); os.setuid(65534)
Sharing(Path(sys.argv[1])).start("Ada", Path(sys.argv[2]), {})
Progress(Path(sys.argv[1])).record("01", "say_goodbye")
try:
    os.listdir(sys.argv[2])
except PermissionError:
    print("not listed")
"""
    with tempfile.TemporaryDirectory() as place:  # tmp_path is for its owner alone
        own, room = Path(place, "own"), Path(place, "room")
        for folder, mode in ((Path(place), 0o755), (own, 0o777), (room, 0o1733)):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
        done = subprocess.run([sys.executable, "-c", code, own, room], capture_output=True, text=True)
        assert (done.stdout, done.stderr) == ("not listed\n", "")
        [file] = room.iterdir()
        assert file.stat().st_mode & 0o777 == 0o644
        assert list(told(room)[0]["solved"]) == ["01"]
