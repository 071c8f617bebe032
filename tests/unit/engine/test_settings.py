"""The engine's settings."""

import pytest

from helpers.engine.settings import Settings


def test_the_port_is_4566_unless_lab_port_says_otherwise():
    assert Settings.from_environ({}).port == 4566
    assert Settings.from_environ({"LAB_PORT": "4711"}).port == 4711


@pytest.mark.parametrize("port", ["", "abc", "0", "65536", "-1", "45.66"])
def test_a_port_that_is_none_is_one_sentence(port):
    with pytest.raises(ValueError, match="set it to a number between 1 and 65535"):
        Settings.from_environ({"LAB_PORT": port})


def test_everything_it_writes_is_below_home(tmp_path):
    settings = Settings.from_environ({"LAB_HOME": str(tmp_path)})
    assert settings.tmp.is_relative_to(tmp_path) and settings.state.is_relative_to(tmp_path)


def test_isolation_and_cpu_have_few_values_and_others_are_refused():
    assert Settings.from_environ({}).isolation == "auto" and Settings.from_environ({}).limit_cpu
    assert Settings.from_environ({"LAB_ISOLATION": "plain"}).isolation == "plain"
    assert not Settings.from_environ({"LAB_CPU": "full"}).limit_cpu
    with pytest.raises(ValueError, match="LAB_ISOLATION is 'docker'; set it to auto or namespaces or plain"):
        Settings.from_environ({"LAB_ISOLATION": "docker"})


def test_invocations_are_logged_when_lab_log_says_debug():
    assert not Settings.from_environ({}).log_invocations
    assert Settings.from_environ({"LAB_LOG": "debug"}).log_invocations
    with pytest.raises(ValueError, match="LAB_LOG is 'all'; set it to info or debug"):
        Settings.from_environ({"LAB_LOG": "all"})


def test_iam_is_on_unless_switched_off():
    assert Settings.from_environ({}).iam
    assert not Settings.from_environ({"LAB_IAM": "off"}).iam
    with pytest.raises(ValueError, match="LAB_IAM is 'no'; set it to on or off"):
        Settings.from_environ({"LAB_IAM": "no"})
