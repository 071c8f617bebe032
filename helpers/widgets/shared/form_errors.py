"""Errors in forms: what a click meets becomes a sentence in the form, where the learner looks."""

from collections.abc import Callable
from html import escape

from botocore.exceptions import BotoCoreError, ClientError

from helpers.errors import LabError, describe

SHOWN = (LabError, ClientError, BotoCoreError)


def sentence(error: Exception) -> str:
    """Return an error as a form shows it: our own as it is, others in one line."""
    return str(error) if isinstance(error, LabError) else describe(error)


def attempt(action: Callable[[], object], say: Callable[[str], None]) -> None:
    """Do what a click asks for. An error of ours or of boto3 is passed to `say` as a sentence."""
    try:
        action()
    except SHOWN as error:
        say(sentence(error))


def alert(text: str, css_class: str) -> str:
    """Return a sentence as HTML that a screen reader announces."""
    return f'<p role="alert" class="{css_class}">{escape(text)}</p>'
