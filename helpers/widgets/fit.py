"""Five questions about an application: the more noes, the better Lambda fits."""

from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.widgets.shared.base import Shown

# name -> the question, and what a yes means
QUESTIONS = {
    "central_state": (
        "Does it keep central state in memory?",
        "An execution environment may vanish after any request: put the state into a database first.",
    ),
    "frequent_requests": (
        "Do requests arrive very often, all day long?",
        "You pay for each request: a server that is always busy can cost less, so compare (lab 10).",
    ),
    "monolith": (
        "Is it one large program that does many things?",
        "A function does one thing and starts fast: cut out one part, and begin with that.",
    ),
    "known_schedule": (
        "Do you know in advance when the load rises and falls?",
        "Scaling by itself is what you would pay for: planned servers may do.",
    ),
    "synchronous": (
        "Do callers mostly wait for the answer?",
        "Waiting is paid for, and a chain of waiting functions many times over: put a queue between (lab 06).",
    ),
}
VERDICTS = (
    (5, "Lambda fits very well."),
    (3, "Lambda fits, with something to solve first."),
    (1, "Lambda fits in part: consider it for single tasks."),
    (0, "Lambda does not fit: look at containers or servers."),
)


@dataclass(frozen=True)
class Fit:
    """The answers, {question's name: yes}, and their verdict."""

    answers: dict[str, bool]

    @property
    def noes(self) -> int:
        """The number of noes, of five."""
        return sum(not yes for yes in self.answers.values())

    @property
    def verdict(self) -> str:
        """The verdict on that number, in one sentence."""
        return next(text for least, text in VERDICTS if self.noes >= least)

    @property
    def advice(self) -> list[str]:
        """The advice for each yes."""
        return [QUESTIONS[name][1] for name, yes in self.answers.items() if yes]

    def __repr__(self) -> str:
        return "\n".join([f"{self.noes} of {len(self.answers)} noes: {self.verdict}", *(f"- {a}" for a in self.advice)])

    def _repr_html_(self) -> str:
        advice = "".join(f"<li>{escape(text)}</li>" for text in self.advice)
        return f"<p>{self.noes} of {len(self.answers)} noes: <strong>{self.verdict}</strong></p><ul>{advice}</ul>"


def fit(
    *,
    central_state: bool,
    frequent_requests: bool,
    monolith: bool,
    known_schedule: bool,
    synchronous: bool,
) -> Fit:
    """Return the fit of an application from five answers, True for yes."""
    return Fit(
        {
            "central_state": central_state,
            "frequent_requests": frequent_requests,
            "monolith": monolith,
            "known_schedule": known_schedule,
            "synchronous": synchronous,
        }
    )


class Questionnaire(Shown):
    """The five questions as a form; `answers` so far are {question's name: yes}."""

    def __init__(self) -> None:
        self.answers: dict[str, bool] = {}

    @property
    def result(self) -> Fit | None:
        """The fit, None as long as a question is open."""
        return fit(**self.answers) if len(self.answers) == len(QUESTIONS) else None

    def answer(self, **answers: bool) -> Fit | None:
        """Answer questions by name, True for yes: `answer(monolith=True)`. Returns the result.

        Raises: TypeError for a name that is not a question.
        """
        if unknown := answers.keys() - QUESTIONS.keys():
            raise TypeError(f"not a question: {', '.join(sorted(unknown))}")
        self.answers = {**self.answers, **answers}
        if self.is_shown:
            for name, toggle in self._toggles.items():
                toggle.value = self.answers.get(name)
            self._verdict.value = self._verdict_html()
        return self.result

    def text(self) -> str:
        """Return questions, answers and verdict as text."""
        lines = [f"{self._said(name):<4} {question}" for name, (question, _) in QUESTIONS.items()]
        return "\n".join([*lines, repr(self.result) if self.result else self._count()])

    def html(self) -> str:
        """Return questions, answers and verdict as HTML."""
        rows = "".join(
            f'<tr><td style="text-align: left">{escape(question)}</td><td>{self._said(name)}</td></tr>'
            for name, (question, _) in QUESTIONS.items()
        )
        return f"<table>{rows}</table>{self._verdict_html()}"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        import ipywidgets as w

        self._verdict = w.HTML(self._verdict_html())
        self._toggles = {}
        rows = []
        for name, (question, _) in QUESTIONS.items():
            toggle = w.ToggleButtons(options=[("no", False), ("yes", True)], value=self.answers.get(name))
            toggle.observe(lambda change, name=name: self.answer(**{name: change["new"]}), "value")
            self._toggles[name] = toggle
            rows.append(w.HBox([w.Label(question), toggle]))
        return self.framed("lab-fit", *rows, self._verdict)

    def _said(self, name: str) -> str:
        return {True: "yes", False: "no", None: "–"}[self.answers.get(name)]

    def _count(self) -> str:
        return f"{len(self.answers)} of {len(QUESTIONS)} questions answered"

    def _verdict_html(self) -> str:
        return self.result._repr_html_() if self.result else f"<p>{self._count()}</p>"
