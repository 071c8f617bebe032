"""Every lock of the repository that pip and uv read."""

from helpers.setup import paths
from helpers.state.home import ROOT

LOCKS = [
    paths.BUILD_REQUIREMENTS,
    paths.REQUIREMENTS,
    paths.ENGINE_REQUIREMENTS,
    paths.DURABLE_REQUIREMENTS,
    paths.NODEJS_REQUIREMENTS,
    paths.NODEJS22_REQUIREMENTS,
    paths.PYTHON_RUNTIME_REQUIREMENTS,
    paths.PYTHON39_RUNTIME_REQUIREMENTS,
    paths.LAB_REQUIREMENTS,
    ROOT / "classroom" / "requirements.txt",
    ROOT / "site" / "requirements.txt",
    ROOT / "tests" / "tools" / "audit" / "requirements.txt",
    ROOT / "tests" / "tools" / "recorded" / "requirements.txt",
    ROOT / "tests" / "browser" / "requirements.txt",
]
