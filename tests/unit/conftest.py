"""What the unit tests share: a labs' folder of their own, free ports, a stand-in for the engine."""

import os
import signal
import sys
from pathlib import Path
from unittest import mock

import pytest
from ports import free_port

from helpers.backend.engine import Engine

FAKE_ENGINE = Path(__file__).parent / "backend" / "fake_engine.py"


@pytest.fixture(scope="session", autouse=True)
def interruptible():
    """Python ignores SIGINT where a script has started it in the background; the kernel of a notebook does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def home(tmp_path):
    """A labs' folder of the test's own, and nothing ambient that could lead elsewhere."""
    with mock.patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith(("AWS_", "LAB_"))]:
            del os.environ[name]
        os.environ["LAB_HOME"] = str(tmp_path / "lab")
        yield tmp_path / "lab"


@pytest.fixture
def port():
    """A port that is free now."""
    return free_port()


@pytest.fixture
def engine(home, port):
    """`engine(mode)` gives an Engine on a free port that starts the stand-in; stopped after the test."""
    made = []

    def make(mode="serve", **environ):
        made.append(Engine(home, [sys.executable, str(FAKE_ENGINE), mode], {"LAB_PORT": str(port), **environ}))
        return made[-1]

    yield make
    for one in made:
        one.down()
