import json
import re
import tomllib

import pytest
from locks import LOCKS

from helpers.setup import paths
from helpers.state.home import ROOT

PACKAGES = {
    paths.NODEJS_RUNTIME_PACKAGE: paths.NODEJS_RUNTIME_LOCK,
    **paths.LAB_PROJECTS,
}


@pytest.mark.parametrize("lock", [*LOCKS, *PACKAGES.values()], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_names_no_host(lock):
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_asked_for_is_locked(lock):
    asked = re.findall(r"^[a-z][\w.-]*", lock.with_suffix(".in").read_text(), re.MULTILINE)
    locked = re.findall(r"^([a-z][\w.-]*)(?:\[.*?\])?==", lock.read_text(), re.MULTILINE)
    assert asked and set(asked) <= set(locked)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_else_is_asked_for_or_constrains_is_there(lock):
    named = re.findall(r"^-[cr] (\S+)", lock.with_suffix(".in").read_text(), re.MULTILINE)
    assert [name for name in named if not (lock.parent / name).is_file()] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_node_packages_that_are_asked_for_are_locked(package):
    asked = json.loads(package.read_text())
    lock = json.loads(PACKAGES[package].read_text())["packages"]
    for kind in ("dependencies", "devDependencies"):
        assert lock[""].get(kind) == asked.get(kind)
    assert all("integrity" in package for name, package in lock.items() if name)


def test_the_backend_that_builds_our_package_is_the_one_within_the_locked_uv():
    low, high = re.fullmatch(
        r"uv_build>=([\d.]+),<([\d.]+)",
        tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"][0],
    ).groups()
    uv = paths.uv_version()
    numbers = [tuple(map(int, version.split("."))) for version in (low, uv, high)]
    assert numbers == sorted(numbers)
