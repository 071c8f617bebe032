"""Users for execution environments."""

from helpers.engine.execution import users


def test_no_two_environments_have_the_same_user_however_many_there_have_been():
    taken = users.take()
    for _ in users.UIDS:
        uid = users.take()
        assert uid != taken
        users.give_back(uid)
    users.give_back(taken)


def test_a_user_that_was_given_back_is_taken_again_after_the_others():
    uid = users.take()
    users.give_back(uid)
    others = []
    while (other := users.take()) != uid:
        others.append(other)
        users.give_back(other)
    users.give_back(uid)
    assert set(others) == set(users.UIDS) - {uid}
