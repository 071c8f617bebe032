import subprocess
import tarfile

import pytest

from helpers.setup import make_bundle, paths
from helpers.setup.commands import SetupError
from helpers.state.home import ROOT


@pytest.fixture
def clone(tmp_path):
    """A repository with one committed file."""
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "README.md").write_text("committed")
    for command in (["init", "--quiet"], ["add", "-A"], ["commit", "--quiet", "-m", "First"]):
        author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *author, *command], cwd=clone, check=True)
    return clone


def test_every_lock_that_the_set_up_reads_is_in_the_bundle():
    locks = {path for name, path in vars(paths).items() if name.endswith("REQUIREMENTS")}
    other_pythons = {paths.PYTHON39_RUNTIME_REQUIREMENTS}  # a bundle is for one Python
    assert {*make_bundle.LOCKS, paths.BUILD_REQUIREMENTS} == locks - other_pythons


def test_an_archive_holds_what_is_committed_and_the_packages_as_nobodys(clone, tmp_path):
    packages = tmp_path / "packages"
    (packages / "wheels").mkdir(parents=True)
    (packages / "wheels" / "a.whl").write_text("a wheel")
    (packages / "wheels" / "a.whl").chmod(0o600)
    archive = clone.parent / "labs.tar"
    make_bundle.pack("labs-1", packages, archive, clone)
    with tarfile.open(archive) as tar:
        wheel = tar.getmember("labs-1/bundle/wheels/a.whl")
        assert (wheel.uid, wheel.uname, oct(wheel.mode)) == (0, "", "0o644")
        assert tar.extractfile("labs-1/README.md").read() == b"committed"


def test_changes_that_are_not_committed_are_refused_in_a_sentence(clone):
    make_bundle.refuse_changes(clone)
    (clone / "README.md").write_text("changed")
    with pytest.raises(SetupError, match="commit or stash them first"):
        make_bundle.refuse_changes(clone)


def test_a_folder_without_history_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(SetupError, match="is made from a clone"):
        make_bundle.refuse_changes(tmp_path)


def test_a_bundle_is_neither_committed_nor_removed_by_make_clean():
    assert "/bundle/" in (ROOT / ".gitignore").read_text().splitlines()
    shown = subprocess.run(["make", "--dry-run", "clean"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "bundle" not in shown.replace("bundle.log", "")
