"""Whether the output of this process is a notebook's."""

import sys


def in_notebook() -> bool:
    """Return whether a Jupyter kernel runs this, so that a cell's output can be more than text."""
    ipython = sys.modules.get("IPython")
    return bool(ipython and hasattr(ipython.get_ipython(), "kernel"))
