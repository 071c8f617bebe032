"""The scorecard of lab 07: a verdict on Lambda for each of the twelve factors.

    card = Scorecard()
    card.answer("VI", "holds")
    card.json()  # what the lab's check reads

The factors, and the verdicts that the lab's runs support, are those of `helpers.exercises.twelve_factors`.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from helpers.exercises.twelve_factors import FACTORS, VERDICTS, Score, score
from helpers.widgets.shared.base import Shown

OPEN = "–"  # no answer yet


class Scorecard(Shown):
    """The twelve factors as a form; `result` is the Score of the answers so far. It does not show which are right."""

    def __init__(self, answers: Mapping[str, str] | None = None):
        self.answers = dict(score(answers or {}).answers)

    @property
    def result(self) -> Score:
        """The score of the answers so far."""
        return Score(self.answers)

    def answer(self, factor: str, verdict: str) -> Score:
        """Answer for one factor: `answer("VI", "holds")`, "partly" or "not". Returns the result.

        Raises: ScorecardError for a factor or a verdict that does not exist.
        """
        self.answers = dict(score({**self.answers, factor: verdict}).answers)
        if self.is_shown:
            self._toggles[factor].value = verdict
            self._count.value = escape(repr(self.result))
        return self.result

    def json(self) -> str:
        """Return the answers as JSON: {"I": "holds", …}."""
        return json.dumps(self.answers)

    def text(self) -> str:
        """Return factors and answers as lines of text."""
        lines = [f"{number:<5}{one.name:<20} {self.answers.get(number, OPEN)}" for number, one in FACTORS.items()]
        return "\n".join([*lines, repr(self.result)])

    def html(self) -> str:
        """Return factors and answers as HTML."""
        left = '<td style="text-align: left">'
        rows = "".join(
            f"<tr>{left}{number}</td>{left}<strong>{one.name}</strong></td>{left}{one.asks}</td>"
            f"{left}{self.answers.get(number, OPEN)}</td></tr>"
            for number, one in FACTORS.items()
        )
        return f"<table>{rows}</table><p>{escape(repr(self.result))}</p>"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        import ipywidgets as w

        self._count = w.HTML(escape(repr(self.result)))
        self._toggles, rows = {}, []
        for number, one in FACTORS.items():
            toggle = w.ToggleButtons(options=VERDICTS, value=self.answers.get(number))
            toggle.observe(lambda change, number=number: self.answer(number, change["new"]), "value")
            self._toggles[number] = toggle
            rows.append(
                w.HBox(
                    [
                        w.HTML(f'<span class="lab-name"><b>{number}</b> {one.name}</span><small>{one.asks}</small>'),
                        toggle,
                    ]
                )
            )
        return self.framed("lab-scorecard", *rows, self._count)
