"""Attendees: names, passwords, numbers. Nothing of this machine is changed."""

import json
import os

import pytest

from classroom import attendees
from helpers.errors import LabError

pytestmark = pytest.mark.once


def test_a_password_lets_in_its_attendee_and_nobody_else(tmp_path):
    given = attendees.give_passwords(["ada", "bob"], tmp_path)
    assert attendees.verify("ada", given["ada"], tmp_path)
    assert not attendees.verify("ada", given["bob"], tmp_path)
    assert not attendees.verify("ada", "", tmp_path)
    assert not attendees.verify("eve", given["ada"], tmp_path)


def test_passwords_are_kept_as_hashes_in_a_file_that_is_its_owners_alone(tmp_path):
    given = attendees.give_passwords(["ada"], tmp_path)
    file = tmp_path / "attendees.json"
    assert given["ada"] not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_a_new_password_ends_the_old_one_and_keeps_the_number(tmp_path):
    old = attendees.give_passwords(["ada"], tmp_path)["ada"]
    number = attendees.read(tmp_path)["ada"].number
    new = attendees.give_passwords(["ada"], tmp_path)["ada"]
    assert attendees.verify("ada", new, tmp_path) and not attendees.verify("ada", old, tmp_path)
    assert attendees.read(tmp_path)["ada"].number == number


def test_every_attendee_has_a_user_id_and_an_account_of_their_own(tmp_path):
    attendees.give_passwords(["ada", "bob"], tmp_path)
    attendees.forget(["ada"], tmp_path)
    attendees.give_passwords(["eve"], tmp_path)
    everybody = attendees.read(tmp_path).values()
    assert len({one.uid for one in everybody}) == len({one.account for one in everybody}) == 2
    assert all(len(one.account) == 12 and one.account.isdecimal() for one in everybody)


@pytest.mark.parametrize("name", ["", "Ada", "../ada", "ada lovelace", "-ada", "a" * 32, "ada\n"])
def test_what_is_no_name_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(LabError, match="is no name for an attendee"):
        attendees.give_passwords([name], tmp_path)


def test_a_user_of_this_machine_cannot_become_an_attendee(tmp_path):
    with pytest.raises(LabError, match="has a user 'root' already"):
        attendees.give_passwords(["root"], tmp_path)
    assert not os.path.exists(tmp_path / "attendees.json")


@pytest.mark.parametrize("text", ["{", "[]", '{"ada": {"number": 1}}', json.dumps({"ada": None})])
def test_a_damaged_file_is_a_sentence(tmp_path, text):
    (tmp_path / "attendees.json").write_text(text)
    with pytest.raises(LabError, match="is damaged"):
        attendees.read(tmp_path)
