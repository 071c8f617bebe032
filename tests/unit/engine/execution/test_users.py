"""Users for execution environments."""

from types import SimpleNamespace

from helpers.engine.execution import users


def test_no_two_environments_have_the_same_user_however_many_there_have_been(monkeypatch):
    alive = []
    monkeypatch.setattr(users, "alive", lambda: alive)
    taken = users.unused_uid()
    alive.append(SimpleNamespace(runtime=SimpleNamespace(uid=taken)))
    others = [users.unused_uid() for _ in users.UIDS]
    assert taken not in others
    assert set(others) == set(users.UIDS) - {taken}
