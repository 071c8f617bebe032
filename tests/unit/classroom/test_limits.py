"""Control groups of attendees, in a folder that looks like /sys/fs/cgroup."""

import pytest

from classroom import limits

pytestmark = pytest.mark.once


def test_version_2_limits_memory_in_one_group_for_each_attendee(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids")
    prepared = limits.prepare("ada", 5_000_000, tmp_path)
    group = tmp_path / "lambda-labs" / "ada"
    assert prepared.groups == [group / "cgroup.procs"] and prepared.reason == ""
    assert (group / "memory.max").read_text() == "5000000"
    assert (group.parent / "cpu.weight").read_text() == "2000"
    assert (tmp_path / "cgroup.subtree_control").read_text() == "+memory +cpu"
    assert (group.parent / "cgroup.subtree_control").read_text() == "+memory +cpu"


def test_version_2_counts_what_an_attendee_has_used_of_the_processor(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids")
    assert limits.used("ada", tmp_path) is None
    limits.prepare("ada", 5_000_000, tmp_path)
    (tmp_path / "lambda-labs" / "ada" / "cpu.stat").write_text("usage_usec 2500000\nuser_usec 1\n")
    assert limits.used("ada", tmp_path) == 2.5


def test_where_no_group_can_be_made_the_reason_is_said_and_nothing_is_joined(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("")
    (tmp_path / "lambda-labs").write_text("in the way")
    prepared = limits.prepare("ada", 5_000_000, tmp_path)
    assert prepared.groups == [] and "lambda-labs" in prepared.reason
