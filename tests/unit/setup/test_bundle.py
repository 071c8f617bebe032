"""Packages from a bundle's folder; the whole way, from an archive and without a network, is `make try-bundle`."""

import hashlib
import os
import re
import shutil

import pytest
import wheels

from helpers.setup import bundle, components, paths, steps
from helpers.setup.commands import Commands, SetupError
from helpers.setup.paths import python_in


@pytest.fixture
def place(tmp_path):
    """A bundle for this machine with one package, `greeting`, in a folder whose name pip would split."""
    place = tmp_path / "my labs, new" / "bundle"
    wheels.greeting(place / "wheels")
    (place / bundle.MADE_FOR).write_text(bundle.machine() + "\n")
    (place / bundle.REGISTRY).write_text("https://127.0.0.1:9/\n")
    return place


@pytest.fixture
def commands(tmp_path, place):
    """Commands of a user whose own settings lead elsewhere: to an index that nobody can reach, an empty folder."""
    user = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_FIND_LINKS": "/nowhere"}
    user |= {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "UV_CACHE_DIR": str(tmp_path / "cache")}
    return Commands(tmp_path / "setup.log", bundle.offline(user, place))


def install(commands, tmp_path, digest):
    lock, environment = tmp_path / "requirements.txt", tmp_path / "environment"
    lock.write_text(f"greeting==1.0 \\\n    --hash=sha256:{digest}\n")
    commands.run("it", components.UV, "venv", "--quiet", "--python", paths.base_python(), environment)
    steps.follow_pip(commands)
    steps.install(commands, "it", environment, lock)
    return commands.run("it", python_in(environment), "-c", "import greeting; print(greeting.TEXT)")


def test_without_a_bundle_packages_come_from_where_they_always_do(tmp_path):
    assert bundle.offline({"PIP_INDEX_URL": "http://127.0.0.1:9/simple"}, tmp_path / "bundle") == {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple"
    }


def test_uv_installs_from_the_bundle_whatever_the_user_has_set(commands, tmp_path, place):
    (wheel,) = (place / "wheels").iterdir()
    assert "hello" in install(commands, tmp_path, hashlib.sha256(wheel.read_bytes()).hexdigest())


def test_a_package_of_the_bundle_with_another_hash_is_refused(commands, tmp_path):
    with pytest.raises(SetupError, match="is not the one that was locked, and was not installed"):
        install(commands, tmp_path, "0" * 64)


def test_pip_downloads_from_the_bundle(commands, tmp_path, place):
    commands.run("it", *steps.pip(), "download", "--no-deps", "--dest", tmp_path / "got", "greeting")
    assert [path.name for path in (tmp_path / "got").iterdir()] == ["greeting-1.0-py3-none-any.whl"]


def test_npm_installs_from_the_bundles_cache_under_the_address_it_was_filled_from(tmp_path, place):
    shutil.copytree(paths.LAB_PACKAGES / "npm", place / "lab-npm")
    shutil.copyfile(paths.LAB_PACKAGES / "registry", place / bundle.REGISTRY)
    away = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "npm_config_registry": "http://127.0.0.1:9/"}
    commands = Commands(tmp_path / "setup.log", bundle.offline(away, place))
    assert commands.environ["npm_config_registry"] == (paths.LAB_PACKAGES / "registry").read_text()
    bundle.fill_cache(tmp_path / "npm", place)
    (tmp_path / "project").mkdir()
    lock = (paths.LAB_PACKAGE, paths.LAB_PACKAGE_LOCK)
    steps.npm_ci(commands, "it", tmp_path / "project", *lock, "--cache", tmp_path / "npm")
    assert list((tmp_path / "project" / "node_modules").iterdir())


def test_a_bundle_for_another_machine_is_one_sentence_that_names_both(place):
    (place / bundle.MADE_FOR).write_text("plan9-mips-python3.11")
    said = rf"are for plan9-mips-python3\.11, and this is {re.escape(bundle.machine())}: name a Python that fits"
    with pytest.raises(SetupError, match=said):
        bundle.offline({}, place)
