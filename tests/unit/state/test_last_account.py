"""The account of the lab that was started last."""

import pytest

from helpers.errors import LabError
from helpers.state import last_account


def test_the_last_one_counts(tmp_path):
    assert last_account.read(tmp_path) is None
    for account in ("000000000001", "000000000004"):
        last_account.note(account, tmp_path)
    assert last_account.read(tmp_path) == "000000000004"


@pytest.mark.parametrize("content", [b"", b"000", b"0000000000041", b"\xff"])
def test_what_is_no_account_is_none(tmp_path, content):
    (tmp_path / "account").write_bytes(content)
    assert last_account.read(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="cannot be written"):
        last_account.note("000000000004", tmp_path / "file" / "lab")
