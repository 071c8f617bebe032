"""Unpacking packages and layers: what is kept, and that nothing is written or read outside of the folder."""

import io
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from helpers.engine.lambda_ import overlay, unzip

LINK = stat.S_IFLNK | 0o777


def packed(*members) -> io.BytesIO:
    """A zip file of (name, content, mode)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content, mode in members:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16 | 0x20  # DOS's archive bit, so that `zipfile` keeps a mode of 0
            archive.writestr(entry, content)
    return buffer


@pytest.fixture
def place():
    """A folder that is not below /tmp, which is a function's own."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def unpacked(place):
    (folder := place / "code").mkdir()

    def unpack(*members, may_leave=False):
        unzip.extract(packed(*members), folder, lambda: may_leave)
        return folder

    return unpack


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (0o644, 0o644),
        (0o755, 0o755),
        (0, 0o644),  # packed on Windows: no mode
        (0o600, 0o200),  # its owner's alone: on AWS the function is not its owner
        (0o700, 0o200),
        (0o744, 0o644),
        (0o4755, 0o755),
    ],
)
def test_a_function_may_do_with_a_file_what_others_than_its_owner_may(unpacked, given, kept):
    folder = unpacked(("file", "x", stat.S_IFREG | given if given else 0))
    assert stat.S_IMODE((folder / "file").stat().st_mode) == kept


def test_a_link_inside_is_kept_as_it_is(unpacked):
    folder = unpacked(("data/v1.txt", "one", 0o644), ("current.txt", "data/v1.txt", LINK), ("deep/up", "../data", LINK))
    assert os.readlink(folder / "current.txt") == "data/v1.txt"
    assert (folder / "deep" / "up" / "v1.txt").read_text() == "one"


OUTSIDE = [
    ("absolute", [("out", "/etc/passwd", LINK)]),
    ("upwards", [("out", "../../secret", LINK)]),
    ("through another", [("here", ".", LINK), ("out", "here/../../secret", LINK)]),
    ("by two steps", [("up", "..", LINK), ("out", "up/secret", LINK)]),
]


@pytest.mark.parametrize("members", [row[1] for row in OUTSIDE], ids=[row[0] for row in OUTSIDE])
def test_a_link_that_leaves_is_kept_only_where_the_function_has_a_root_of_its_own(unpacked, members):
    assert not os.path.lexists(unpacked(*members) / "out")
    assert os.path.islink(unpacked(*members, may_leave=True) / "out")


def test_a_link_to_tmp_is_kept_everywhere(unpacked):
    assert os.readlink(unpacked(("cache", "/tmp/cache", LINK)) / "cache") == "/tmp/cache"


def test_nothing_is_written_through_a_link(unpacked, place):
    (victim := place / "victim").mkdir()
    folder = unpacked(
        ("a", str(victim), LINK),
        ("a/file", "x", 0o644),
        ("b", str(victim), LINK),
        ("b/link", "x", LINK),
        ("../c", str(victim), LINK),
        may_leave=True,
    )
    assert not list(victim.iterdir())
    assert (folder / "a" / "file").read_text() == "x" and not (folder / "a").is_symlink()
    assert sorted(path.name for path in place.iterdir()) == ["code", "victim"]


def test_a_layer_goes_over_another_and_never_through_its_links(tmp_path):
    victim, first, second, merged = (tmp_path / name for name in ("victim", "first", "second", "merged"))
    for folder in (victim, first, second, merged, second / "lib", second / "deep"):
        folder.mkdir()
    (first / "lib").symlink_to(victim)
    (first / "same.txt").write_text("first")
    (first / "deep").write_text("a file")
    (second / "lib" / "new.txt").write_text("second")
    (second / "same.txt").write_text("second")
    (second / "link").symlink_to("same.txt")
    for layer in (first, second):
        overlay.put(layer, merged)
    assert not list(victim.iterdir())
    assert not (merged / "lib").is_symlink() and (merged / "lib" / "new.txt").read_text() == "second"
    assert (merged / "same.txt").read_text() == (merged / "link").read_text() == "second"
    assert os.readlink(merged / "link") == "same.txt" and (merged / "deep").is_dir()
    assert (first / "same.txt").read_text() == "first"
