"""Errors of botocore and boto3 in a notebook: one line with AWS's code and message, the traceback folded behind it.

Such a traceback is a screen of botocore's frames, and says less than AWS's own sentence. Every other error, a TypeError
in a cell, say, keeps its traceback.
"""

import linecache
import re
import sys
import sysconfig
import traceback
from collections.abc import Callable
from html import escape
from types import TracebackType
from typing import Any

from helpers.errors import in_one_line
from helpers.jupyter.output import in_notebook
from helpers.state.home import ROOT

# Where packages begin; ours last, since .venv may lie in it.
PLACES = (*(f"{sysconfig.get_path(name)}/" for name in ("purelib", "platlib", "stdlib")), f"{ROOT}/")

# EntityAlreadyExists, "… already exist: f", "… already has this name", "FunctionUrlConfig exists for this …"
THERE = re.compile(r"already ?(exist|owned|has)|NameExists|Config exists for", flags=re.IGNORECASE)
WHAT_NOW = (
    "If it is there from an earlier run of this cell, go on with the next one. If an attempt of your own made it, "
    "change it (update_…). To make it anew, delete it first (a function: delete_function); lab.reset() removes all "
    "that the lab has made, then run the first cells."
)
STATEMENT = re.compile(r"statement id \(.*\) provided already exists")  # of AddPermission
CHANGE_STATEMENT = (
    "If it is there from an earlier run of this cell, go on with the next one. To change a permission, take it away "
    "first, in a cell of its own: remove_permission(FunctionName=..., StatementId=...)."
)


def install() -> None:
    """Show these errors so in this kernel from now on; without one, nothing changes."""
    if not in_notebook():
        return
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError
    from IPython import get_ipython

    get_ipython().set_custom_exc((BotoCoreError, Boto3Error, ClientError), show)


def show(
    shell: Any, kind: type[BaseException], error: Exception, tb: TracebackType | None, tb_offset: int | None = None
) -> list[str]:
    """Show `error` as IPython's custom handler; return the lines that stand for its traceback.

    The output of type error, which nbval and nbconvert read, has the one line, and one more for what is there already;
    the folded traceback is another output, of HTML alone.
    """
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, tb  # for %debug and %tb
    cell = tb.tb_next if tb and tb.tb_next else tb  # without IPython's own frame
    sentence = in_one_line(error)
    lines = [f"{sentence}{_line_of(cell)}", *what_now(sentence)]
    shell._showtraceback(kind, error, lines)
    shell.display_pub.publish({"text/html": folded(error, cell, shell.compile.format_code_name)})
    return lines


def what_now(sentence: str) -> list[str]:
    """Return a line that says what to do about AWS's `sentence`, if it says that something is there already."""
    if STATEMENT.search(sentence):
        return [CHANGE_STATEMENT]
    return [WHAT_NOW] if THERE.search(sentence) else []


def folded(error: Exception, tb: TracebackType | None, cell_name: Callable[[str], tuple[str, str] | None]) -> str:
    """Return the traceback as HTML that opens with a click.

    The same on every machine: a file's path begins at its package, a cell is named as in its prompt, which `cell_name`
    returns for the file that IPython pretends it to be.
    """

    def place(file: re.Match[str]) -> str:
        if named := cell_name(file[1]):
            return " ".join(named)
        inside = next((file[1].removeprefix(start) for start in PLACES if file[1].startswith(start)), file[1])
        return f'File "{inside}"'

    text = re.sub('File "([^"]+)"', place, "".join(traceback.format_exception(type(error), error, tb)))
    return f"<details><summary>Traceback</summary><pre>{escape(text)}</pre></details>"


def _line_of(cell: TracebackType | None) -> str:
    """Return in which line of the cell it happened, if the cell has several."""
    if cell is None:
        return ""
    several = len(linecache.getlines(cell.tb_frame.f_code.co_filename)) > 1
    return f" (line {cell.tb_lineno} of the cell)" if several else ""
