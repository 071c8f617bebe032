"""The twelve factors of lab 07, and the verdicts on Lambda that the lab's runs support.

Names and order of the factors are those of 12factor.net (2011).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.errors import ScorecardError

VERDICTS = ("holds", "partly", "not")


@dataclass(frozen=True)
class Factor:
    """One factor: its name, what it asks for, the verdicts that the lab's runs support, and what these runs showed."""

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

CLEAREST = ("III", "V", "VIII")  # each has an end, too; but who saw none of them hold has looked at the ends alone


@dataclass(frozen=True)
class Score:
    """Answers, {factor: verdict}, compared with what the lab showed."""

    answers: dict[str, str]

    @property
    def open(self) -> list[str]:
        """The factors without an answer."""
        return [number for number in FACTORS if number not in self.answers]

    @property
    def disputed(self) -> list[str]:
        """The factors whose answer contradicts what the lab showed."""
        return [number for number, verdict in self.answers.items() if verdict not in FACTORS[number].borne_out]

    def __repr__(self) -> str:
        counts = ", ".join(f"{list(self.answers.values()).count(verdict)} {verdict}" for verdict in VERDICTS)
        return f"{len(self.answers)} of {len(FACTORS)} answered: {counts}"


def score(answers: object) -> Score:
    """Return the score of `answers`, {factor: verdict}, in the order of the factors.

    Raises: ScorecardError for a factor or a verdict that does not exist.
    """
    if not isinstance(answers, Mapping):
        raise ScorecardError('The scorecard is not a mapping: it looks like {"I": "holds"}.')
    for number, verdict in answers.items():
        if number not in FACTORS:
            raise ScorecardError(f"There is no factor {number!r}: choose one of {', '.join(FACTORS)}.")
        if verdict not in VERDICTS:
            raise ScorecardError(f"{verdict!r} is not a verdict for {number}: choose one of {', '.join(VERDICTS)}.")
    return Score({number: answers[number] for number in FACTORS if number in answers})
