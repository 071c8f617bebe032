"""What attendees need in folders that others may not enter."""

import stat
from pathlib import Path

import pytest

from classroom import reach

pytestmark = pytest.mark.once


@pytest.fixture
def folders(monkeypatch):
    """Folders of a machine whose /root nobody else may enter."""
    closed = {Path("/root"), Path("/root/.pyenv/versions")}
    mode = {True: stat.S_IFDIR | 0o700, False: stat.S_IFDIR | 0o755}
    monkeypatch.setattr(Path, "stat", lambda self: type("Stat", (), {"st_mode": mode[self in closed]}))


def test_the_topmost_closed_folder_is_found_with_all_that_is_needed_in_it(folders):
    needed = [Path("/root/.pyenv/versions/3.11.7"), Path("/srv/labs"), Path("/root/labs")]
    assert reach.closed(needed) == {Path("/root"): [needed[0], needed[2]]}


def test_where_something_is_closed_a_command_runs_in_a_mount_namespace(folders, monkeypatch):
    monkeypatch.setattr(reach, "closed", lambda: {Path("/root"): [Path("/root/labs")]})
    assert reach.command("python", "-V")[:2] == ["unshare", "--mount"]
    monkeypatch.setattr(reach, "closed", dict)
    assert reach.command("python", "-V") == ["python", "-V"]
