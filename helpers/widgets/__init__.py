"""Widgets. Each works in code too: what a click does, a method does, and returns the same result.

Console(lab, "HelloWorld")   test events for one function: save, run, read result and log
Questionnaire()              is Lambda the right fit?
fit(...)                     the same, without a widget
"""

from helpers.widgets.console import Console
from helpers.widgets.fit import Questionnaire, fit

__all__ = ["Console", "Questionnaire", "fit"]
