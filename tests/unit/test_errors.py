"""The error tree."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from helpers import errors
from helpers.errors import EngineError, LabError

CLASSES = [value for value in vars(errors).values() if isinstance(value, type)]


def test_the_docstring_draws_every_error_and_no_other():
    assert set(re.findall(r"\w+Error\b", errors.__doc__)) - {"ClientError"} == {error.__name__ for error in CLASSES}


def test_the_docstring_draws_the_tree_as_it_is():
    depth = {}
    for line in errors.__doc__.splitlines():
        if drawn := re.match(r"^([ │├└─]*)(\w+Error) ", line + " "):
            depth[drawn.group(2)] = len(drawn.group(1))
    parents = {"LabError": None}
    for name, indent in depth.items():
        above = [
            other for other in depth if depth[other] < indent and list(depth).index(other) < list(depth).index(name)
        ]
        parents[name] = above[-1] if above else None
    assert parents == {c.__name__: c.__base__.__name__ if c is not LabError else None for c in CLASSES}


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_is_a_lab_error(error):
    assert issubclass(error, LabError)


def test_a_notebook_shows_the_sentence_and_no_traceback(capsys):
    shell = InteractiveShell()
    shell.run_cell("from helpers.errors import EngineError\nraise EngineError('Port 1 is taken: choose another.')")
    shown = capsys.readouterr()
    text = shown.out + shown.err
    assert "EngineError: Port 1 is taken: choose another." in text
    assert "Traceback" not in text
    assert str(EngineError("x")) == "x"
