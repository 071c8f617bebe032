"""Accounts of a local backend."""

import pytest

from helpers.backend.accounts import identity, of_lab
from helpers.errors import BackendError


def test_a_lab_has_an_account_of_its_own_that_never_changes():
    assert [of_lab(number) for number in ("00", "04", "11")] == ["000000000000", "000000000004", "000000000011"]
    with pytest.raises(BackendError, match="'4' is not the number of a lab: give two digits"):
        of_lab("4")


@pytest.mark.parametrize(
    ("environ", "account", "found"),
    [
        ({}, None, "000000000004"),
        ({"LAB_ACCOUNT": "111122223333"}, None, "111122223333"),
        ({"LAB_ACCOUNT": "111122223333"}, "444455556666", "444455556666"),
        ({"LAB_SECRET_ACCESS_KEY": "given"}, None, "000000000000"),
        ({"LAB_SECRET_ACCESS_KEY": "given", "LAB_ACCOUNT": "111122223333"}, None, "111122223333"),
    ],
)
def test_an_account_that_is_asked_for_goes_before_the_labs_own(environ, account, found):
    assert identity(environ, account, "000000000004")[0] == found


def test_the_access_key_id_is_the_account_but_for_the_first_one():
    assert [identity({}, None, account)[1] for account in ("000000000000", "000000000004")] == ["test", "000000000004"]
