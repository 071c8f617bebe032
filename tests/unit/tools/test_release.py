import os
import subprocess

import pytest
import release

FILES = {
    "pyproject.toml": '[project]\nversion = "0.2.0"\n',
    "CITATION.cff": "cff-version: 1.2.0\nversion: 0.2.0\n",
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A lab.\n\n"
    "## [0.1.0] - 2026-11-01\n\n- The first.\n",
}


@pytest.fixture
def repository(tmp_path):
    """A repository that says everywhere that it is 0.2.0, committed."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def git(folder, *arguments):
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True)


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "Something")


def test_a_commit_that_says_its_version_everywhere_is_released_with_its_notes(repository):
    assert release.refusal("0.2.0", repository) is None
    assert release.notes("0.2.0", repository) == "### Added\n\n- A lab."


@pytest.mark.parametrize("version", ["", "0.2", "v0.2.0", "0.2.0; true"])
def test_what_is_not_a_version_is_refused(repository, version):
    assert "is not a version" in release.refusal(version, repository)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_does_not_say_the_version_is_named(repository, name):
    (repository / name).write_text(FILES[name].replace("0.2.0", "0.1.9"))
    commit(repository)
    assert name in release.refusal("0.2.0", repository)


def test_changes_that_are_not_committed_are_refused(repository):
    (repository / "CHANGELOG.md").write_text("changed")
    assert "commit or stash them first" in release.refusal("0.2.0", repository)


def test_a_version_is_released_once(repository):
    git(repository, "tag", "v0.2.0")
    assert "choose the next version" in release.refusal("0.2.0", repository)


@pytest.fixture
def ran(repository, tmp_path_factory, monkeypatch):
    """What `make` and `docker`, replaced by stand-ins, were told; which of them `fail` is decided by the test."""
    folder = tmp_path_factory.mktemp("bin")
    for name in ("make", "docker"):
        (folder / name).write_text(f'#!/bin/sh\necho {name} $1 >> "$RAN"\n[ "$FAILS" != {name} ]\n')
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("RAN", str(folder / "ran"))
    for name in ("NAME", "EMAIL"):
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", "a@example.com")
    monkeypatch.setattr(release, "ROOT", repository)
    return lambda: (folder / "ran").read_text().splitlines()


def tags(folder):
    return release.git(folder, "tag", "--list", "--format=%(refname:short): %(contents)")


def test_the_bundle_and_the_image_are_made_and_the_tag_has_the_notes_as_its_text(ran, repository):
    assert release.main("0.2.0") == 0
    assert ran() == ["docker version", "make bundle", "docker build"]
    assert tags(repository) == "v0.2.0: 0.2.0\n\n### Added\n\n- A lab."


def test_where_no_docker_answers_no_image_is_built_and_that_is_said(ran, repository, monkeypatch, capsys):
    monkeypatch.setenv("FAILS", "docker")
    assert release.main("0.2.0") == 0
    assert ran() == ["docker version", "make bundle"] and tags(repository)
    assert "no image is built" in capsys.readouterr().out


def test_nothing_is_tagged_if_the_bundle_fails_or_the_release_is_refused(ran, repository, monkeypatch, capsys):
    assert release.main("0.3.0") == 1
    monkeypatch.setenv("FAILS", "make")
    assert release.main("0.2.0") == 1
    assert tags(repository) == ""
    assert len(capsys.readouterr().err.splitlines()) == 2, "a sentence each"
