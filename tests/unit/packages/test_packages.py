"""Installing without a network: what labs tell pip and npm."""

import os
import re
import shlex
import subprocess
import sys

from helpers import packages
from helpers.setup import paths

NOWHERE = {"PATH": "/nowhere", "PIP_INDEX_URL": "nowhere", "npm_config_registry": "http://nowhere.invalid"}


def test_pip_installs_the_locked_release_with_what_it_depends_on(tmp_path):
    options = shlex.split(packages.PIP_OFFLINE)
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(tmp_path), "requests"]
    subprocess.run(command, check=True, capture_output=True, env=NOWHERE)
    locked = dict(re.findall(r"^(\S+)==(\S+)", paths.LAB_REQUIREMENTS.read_text(), re.MULTILINE))
    assert (tmp_path / f"requests-{locked['requests']}.dist-info").is_dir()
    assert (tmp_path / f"urllib3-{locked['urllib3']}.dist-info").is_dir()


def test_npm_installs_what_is_locked(tmp_path):
    packages.node_project(tmp_path / "project")
    command = [*shlex.split(packages.NPM), "install", *shlex.split(packages.NPM_OFFLINE)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path / "project", env=NOWHERE)
    assert done.stdout.startswith("\nadded ")
    assert (tmp_path / "project" / "node_modules" / "axios" / "package.json").is_file()


def test_npm_does_not_look_for_a_newer_npm(tmp_path):
    command = [*shlex.split(packages.NPM), "config", "get", "update-notifier", *shlex.split(packages.NPM_OFFLINE)]
    environ = {**NOWHERE, "HOME": str(tmp_path), "npm_config_userconfig": os.devnull}
    assert subprocess.run(command, check=True, capture_output=True, text=True, env=environ).stdout == "false\n"


def test_a_folder_with_a_space_in_its_name_will_do():
    assert shlex.split(packages.PIP_OFFLINE)[4] == str(packages.WHEELS)
    assert len(shlex.split(packages.NPM)) == 2


def test_the_bundler_comes_for_this_machine_and_bundles_without_a_network(tmp_path):
    project = tmp_path / "project"
    packages.node_project(project, packages.BUNDLER)
    command = [*shlex.split(packages.NPM), "ci", *shlex.split(packages.NPM_OFFLINE)]
    subprocess.run(command, check=True, capture_output=True, cwd=project, env=NOWHERE)
    (project / "index.mjs").write_text('import { sum } from "lodash-es";\nconsole.log(sum([3, 4]));\n')
    node = shlex.split(packages.NODE)
    esbuild = [*node, "node_modules/esbuild/bin/esbuild", "index.mjs", "--bundle", "--format=esm", "--outfile=one.mjs"]
    subprocess.run(esbuild, check=True, capture_output=True, cwd=project, env=NOWHERE)
    (tmp_path / "one.mjs").write_bytes((project / "one.mjs").read_bytes())  # away from node_modules
    done = subprocess.run([*node, "one.mjs"], check=True, capture_output=True, text=True, cwd=tmp_path, env=NOWHERE)
    assert done.stdout == "7\n"
