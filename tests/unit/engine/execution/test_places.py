"""What the engine itself shows to functions."""

import os

import pytest

from helpers.engine.execution import places
from helpers.engine.settings import Settings


@pytest.fixture
def careful():
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_our_own_files_are_readable_for_a_functions_user_whatever_the_umask(tmp_path, careful):
    settings = Settings(4566, tmp_path, tmp_path)
    settings.tmp.mkdir()
    folder = places.copy_runtime_files(settings)
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = {str(path.relative_to(folder)) for path in files}
    assert {
        "provided/curl",
        "lang/bin/node",
        "python/bootstrap.py",
        "nodejs/bootstrap.cjs",
        "nodejs/logging.cjs",
        "nodejs/streaming.cjs",
    } <= names
    for path in (settings.tmp, folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o004, path
        assert path.is_file() or path.stat().st_mode & 0o001, path
    assert (folder / "provided" / "curl").stat().st_mode & 0o001
    ours = places.RUNTIMES / "nodejs" / "bootstrap.cjs"
    assert (folder / "nodejs" / "bootstrap.cjs").read_bytes() == ours.read_bytes()


def test_a_file_that_is_in_use_is_not_written_again(tmp_path):
    settings = Settings(4566, tmp_path, tmp_path)
    file = places.copy_runtime_files(settings) / "nodejs" / "bootstrap.cjs"
    os.utime(file, (0, 0))
    places.copy_runtime_files(settings)
    assert file.stat().st_mtime == 0
    file.write_text("of an older version")
    places.copy_runtime_files(settings)
    assert file.read_text() != "of an older version"
