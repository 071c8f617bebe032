"""The engine's random secret, what is derived from it, and what shows that one knows it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.backend import credentials
from helpers.errors import LabError


def test_the_secret_is_made_once_for_its_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(lambda _: credentials.ensure_secret(tmp_path), range(8)))
    finally:
        os.umask(before)
    assert made == {credentials.read_secret(tmp_path)} and len(made.pop()) >= 40
    file = credentials.secret_file(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_two_folders_have_two_secrets(tmp_path):
    assert credentials.ensure_secret(tmp_path / "a") != credentials.ensure_secret(tmp_path / "b")


def test_no_secret_is_none_and_one_that_cannot_be_made_is_a_sentence(tmp_path):
    assert credentials.read_secret(tmp_path) is None
    (tmp_path / "credentials").write_text("a file in the way")
    with pytest.raises(LabError, match="make it writable, or set LAB_HOME"):
        credentials.ensure_secret(tmp_path)


def test_each_account_has_a_secret_of_its_own_that_looks_like_awss():
    made = {key: credentials.secret_access_key("secret", key) for key in ("test", "000000000000", "111122223333")}
    assert len(set(made.values())) == 3 and all(len(value) == 40 for value in made.values())
    assert credentials.secret_access_key("another", "test") != made["test"]


def test_a_proof_is_good_for_one_address_and_a_minute():
    said = credentials.proof("secret", "GET", "/_lab/status", 1000.7)
    assert "secret" not in said
    for moment in (940, 1000, 1060):
        assert credentials.is_proof(said, "secret", "GET", "/_lab/status", moment)
    assert not credentials.is_proof(said, "secret", "GET", "/_lab/status", 1061)
    assert not credentials.is_proof(said, "secret", "GET", "/_lab/status", 939)
    assert not credentials.is_proof(said, "another", "GET", "/_lab/status", 1000)
    assert not credentials.is_proof(said, "secret", "POST", "/_lab/status", 1000)
    assert not credentials.is_proof(said, "secret", "GET", "/_lab/other", 1000)


@pytest.mark.parametrize("said", ["", ":", "x", "1000", "1000:", "-1:a", "1e3:a", "٣:a", "9" * 40 + ":a", "1000:ü"])
def test_what_is_no_proof_proves_nothing(said):
    assert not credentials.is_proof(said, "secret", "GET", "/", 1000)


def test_an_engines_answer_depends_on_the_question():
    assert credentials.answer("secret", "a") != credentials.answer("secret", "b")
    assert credentials.answer("secret", "a") != credentials.answer("another", "a")
