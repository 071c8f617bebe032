"""Widgets. Each works in code too: what a click does, a method does, and returns the same result.

Console(lab, "HelloWorld")   test events for one function: save, run, read result and log
Questionnaire()              is Lambda the right fit?
fit(...)                     the same, without a widget
timeline(lab, "HelloWorld")  invocations as bars, a lane for each execution environment (a picture as yet)
"""

from helpers.widgets.console import Console
from helpers.widgets.fit import Questionnaire, fit
from helpers.widgets.timeline import Timeline, timeline

__all__ = ["Console", "Questionnaire", "Timeline", "fit", "timeline"]
