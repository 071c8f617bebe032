"""The scorecard of lab 07: for each of the twelve factors, does it hold on Lambda?

    card = Scorecard()
    card.answer("VI", "holds")
    card.json()  # what the lab's check reads

Names and order of the factors are those of 12factor.net (2011).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from helpers.errors import ScorecardError
from helpers.widgets.shared.base import Shown

VERDICTS = ("holds", "partly", "not")
OPEN = "–"  # no answer yet


@dataclass(frozen=True)
class Factor:
    """One factor: its name, what it asks for, the verdicts that the lab's runs bear out, and which runs these are."""

    name: str
    asks: str
    borne_out: tuple[str, ...]
    shown: str


FACTORS = {
    "I": Factor(
        "Codebase",
        "one codebase, many deploys",
        ("holds", "partly"),
        "the two stages had one CodeSha256, until somebody edited one of them",
    ),
    "II": Factor(
        "Dependencies",
        "declared and isolated",
        ("holds", "partly"),
        "nothing leaked in from this machine, but boto3 was there undeclared",
    ),
    "III": Factor("Config", "in the environment", ("holds", "partly"), "another greeting, the same CodeSha256"),
    "IV": Factor(
        "Backing services",
        "attached resources",
        ("holds", "partly"),
        "a bucket was swapped without touching the code, though the policy had to follow",
    ),
    "V": Factor(
        "Build, release, run",
        "three separate stages",
        ("holds", "partly"),
        "zip, version, alias: a version took no change",
    ),
    "VI": Factor(
        "Processes",
        "stateless, sharing nothing",
        ("holds", "partly"),
        "environments shared nothing, but one remembered its last request",
    ),
    "VII": Factor("Port binding", "the app opens a port", ("not",), "the function asked the Runtime API for its work"),
    "VIII": Factor(
        "Concurrency", "more processes, not bigger ones", ("holds", "partly"), "five at once, five environments"
    ),
    "IX": Factor(
        "Disposability",
        "fast start, graceful shutdown",
        ("partly",),
        "quick to start and safe to kill, but nobody announced the end",
    ),
    "X": Factor(
        "Dev/prod parity",
        "the same everywhere",
        ("partly",),
        "the calls are the same everywhere, the backend behind them is a stand-in",
    ),
    "XI": Factor(
        "Logs",
        "event streams",
        ("holds", "partly"),
        "it printed, and Lambda kept a log stream for each environment, where the role let it",
    ),
    "XII": Factor(
        "Admin processes",
        "one-off, in the app's own release",
        ("holds", "partly"),
        "the same zip and settings ran one task, but no shell goes into a running environment",
    ),
}


@dataclass(frozen=True)
class Score:
    """Answers, {factor: verdict}, held against what the lab showed."""

    answers: dict[str, str]

    @property
    def open(self) -> list[str]:
        """The factors without an answer."""
        return [number for number in FACTORS if number not in self.answers]

    @property
    def disputed(self) -> list[str]:
        """The factors whose answer goes against what the lab showed."""
        return [number for number, verdict in self.answers.items() if verdict not in FACTORS[number].borne_out]

    def __repr__(self) -> str:
        counts = ", ".join(f"{list(self.answers.values()).count(verdict)} {verdict}" for verdict in VERDICTS)
        return f"{len(self.answers)} of {len(FACTORS)} answered: {counts}"


def read(answers: object) -> Score:
    """Return the score of `answers`, {factor: verdict}, in the order of the factors.

    Raises: ScorecardError for a factor or a verdict that does not exist.
    """
    if not isinstance(answers, Mapping):
        raise ScorecardError('The scorecard is not a mapping: it looks like {"I": "holds"}.')
    for number, verdict in answers.items():
        if number not in FACTORS:
            raise ScorecardError(f"There is no factor {number!r}: it is one of {', '.join(FACTORS)}.")
        if verdict not in VERDICTS:
            raise ScorecardError(f"{verdict!r} is no verdict on {number}: it is one of {', '.join(VERDICTS)}.")
    return Score({number: answers[number] for number in FACTORS if number in answers})


class Scorecard(Shown):
    """The twelve factors as a form; `result` is the Score of the answers so far. It tells nobody who is right."""

    def __init__(self, answers: Mapping[str, str] | None = None):
        self.answers = dict(read(answers or {}).answers)

    @property
    def result(self) -> Score:
        """What the answers come to."""
        return Score(self.answers)

    def answer(self, factor: str, verdict: str) -> Score:
        """Answer for one factor: `answer("VI", "holds")`, "partly" or "not". Returns the result.

        Raises: ScorecardError for a factor or a verdict that does not exist.
        """
        self.answers = dict(read({**self.answers, factor: verdict}).answers)
        if "_view" in self.__dict__:
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

    def view(self):
        """Return the ipywidgets form."""
        import ipywidgets as w

        self._count = w.HTML(escape(repr(self.result)))
        self._toggles, rows = {}, []
        for number, one in FACTORS.items():
            toggle = w.ToggleButtons(options=VERDICTS, value=self.answers.get(number))
            toggle.observe(lambda change, number=number: self.answer(number, change["new"]), "value")
            self._toggles[number] = toggle
            rows.append(w.HBox([w.HTML(f"<b>{number}</b> {one.name}<small>{one.asks}</small>"), toggle]))
        return self.framed("lab-scorecard", *rows, self._count)
