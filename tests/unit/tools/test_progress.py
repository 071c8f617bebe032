"""What pytest says where tests run side by side: how far each folder is, and at once what failed, instead of dots."""

import os
import re
import shutil
import subprocess
import sys

from helpers.state.home import ROOT

TESTS = {
    "unit/test_one.py": "def test_that_passes(): pass\ndef test_that_fails(): assert False\n",
    "engine/test_two.py": "import pytest\n@pytest.fixture\ndef broken(): 1 / 0\ndef test_in_error(broken): pass\n",
}


def test_it_is_said_how_far_each_folder_is_and_what_failed(tmp_path):
    for name, source in TESTS.items():
        (tmp_path / "tests" / name).parent.mkdir(parents=True)
        (tmp_path / "tests" / name).write_text(source)
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    command = (sys.executable, "-m", "pytest", "-p", "xdist", "-n", "2", f"--rootdir={tmp_path}", "tests")
    environ = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # other plugins take seconds to be imported
    said = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=120).stdout
    for line in (
        "engine 1 of 1, unit [012] of 2",
        "engine [01] of 1, unit 2 of 2",
        "FAILED tests/unit/test_one.py::test_that_fails",
    ):
        assert re.search(rf"^ 0:\d\d  {line}$", said, flags=re.MULTILINE), said
    assert re.search("^FAILED tests/unit/test_one.py::test_that_fails", said, flags=re.MULTILINE), said
    assert re.search("^=+ 1 failed, 1 passed, 1 error in ", said, flags=re.MULTILINE), said
