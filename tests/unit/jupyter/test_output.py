"""Where output goes."""

import IPython
import pytest

from helpers.jupyter.output import in_notebook


@pytest.mark.parametrize(
    ("shell", "expected"), [(None, False), (object(), False), (type("Shell", (), {"kernel": 1})(), True)]
)
def test_only_a_kernel_is_a_notebook(monkeypatch, shell, expected):
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert in_notebook() is expected
