"""What `python -m helpers status` says."""

from helpers.backend import status
from helpers.backend.choice import Choice


def test_a_runtime_that_another_interpreter_serves_has_a_line():
    said = ["Python 3.14 is not here: a.", "Node.js 20 is not here: b."]
    told = {"version": "4.9.2", "features": {"instead": said}, "environments": []}
    facts = list(status._facts(Choice("embedded"), "http://127.0.0.1:4566", told, None, None))
    assert facts[facts.index(("runtimes", said[0])) + 1] == ("", said[1])
    told["features"]["instead"] = []
    assert "runtimes" not in dict(status._facts(Choice("embedded"), "http://127.0.0.1:4566", told, None, None))
