import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.setup import components, paths, run, steps
from helpers.setup.commands import SetupError


def test_what_would_lead_a_command_elsewhere_is_left_out():
    kept = run.environment(
        {"PATH": "/bin", "PYTHONPATH": "/x", "PIP_USER": "1", "PIP_CERT": "/c", "UV_LINK_MODE": "symlink"}
    )
    assert kept["PATH"] == "/bin" and kept["PIP_CERT"] == "/c"
    assert not {"PYTHONPATH", "PIP_USER"} & set(kept)
    assert kept["UV_LINK_MODE"] == "copy"


def test_a_folder_that_cannot_be_written_to_ends_in_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LAB_HOME", str(tmp_path / "file" / "lab"))
    with pytest.raises(SetupError, match="cannot be written to"):
        run.writable_log()


def test_a_complete_set_up_does_and_says_nothing(capsys, monkeypatch):
    monkeypatch.setattr(components, "missing", list)
    monkeypatch.setattr(run, "build", lambda *_: pytest.fail("built"))
    assert run.main() == 0
    assert capsys.readouterr().out == ""


def test_a_failure_is_printed_as_a_sentence_and_ends_with_1(capsys, monkeypatch, tmp_path):
    def fail(*_):
        raise SetupError("It failed: mend it.")

    monkeypatch.setenv("LAB_HOME", str(tmp_path))
    monkeypatch.setattr(components, "missing", lambda: [components.LEARNER])
    monkeypatch.setattr(run, "build", fail)
    assert run.main() == 1
    assert capsys.readouterr().err == "It failed: mend it.\n"


def test_progress_names_what_is_done_and_what_is_still_at_work(capsys, monkeypatch):
    monkeypatch.setattr(run, "HEARTBEAT", 0.02)
    release = threading.Event()
    with ThreadPoolExecutor() as pool:
        at_work = {pool.submit(release.wait): "the slow one", pool.submit(time.sleep, 0): "the quick one"}
        threading.Timer(0.2, release.set).start()
        run.follow(at_work, run.Progress())
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("the quick one")
    assert any("still at work: the slow one" in line for line in lines)
    assert lines[-1].endswith("s  the slow one")


def test_everyone_may_read_what_functions_need(tmp_path):
    private = tmp_path / "packages" / "module.py"
    private.parent.mkdir(mode=0o700)
    private.write_text("")
    private.chmod(0o600)
    steps.open_to_functions(tmp_path / "packages")
    assert private.stat().st_mode & 0o777 == 0o644
    assert private.parent.stat().st_mode & 0o777 == 0o755


def test_an_environment_whose_python_is_gone_does_not_run(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(tmp_path / "removed")
    assert not components.runs(tmp_path)


def test_a_fingerprint_changes_with_the_lock(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("boto3==1")
    before = paths.fingerprint(lock)
    assert paths.fingerprint(lock) == before
    lock.write_text("boto3==2")
    assert paths.fingerprint(lock) != before


def test_other_settings_of_jupyterlab_call_for_the_learner_environment_to_be_built_again(monkeypatch):
    before = components.LEARNER.stamp()
    monkeypatch.setitem(components.JUPYTER_SERVER, "ServerApp", {})
    assert components.LEARNER.stamp() != before
