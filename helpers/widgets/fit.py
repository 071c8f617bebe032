"""Ten questions about an application: the more noes, the better Lambda fits."""

from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.widgets.shared.base import Shown

# name -> the question, and what a yes means. AWS's facts are those of November 2026: pages "Lambda quotas", "Response
# streaming for Lambda Event Functions", "Networking" (MicroVMs), "AcceleratorConfig", "Scaling Lambda Managed
# Instances".
QUESTIONS = {
    "central_state": (
        "Does it keep central state in memory?",
        "An execution environment may vanish after any request: put the state into a database first.",
    ),
    "frequent_requests": (
        "Do requests arrive very often, all day long?",
        "You pay for each request: a server that is always busy can cost less, so compare (lab 11).",
    ),
    "monolith": (
        "Is it one large program that does many things, a monolith?",
        "A function does one thing and starts fast: cut out one part, and begin with that.",
    ),
    "known_schedule": (
        "Do you know in advance when the load rises and falls?",
        "Scaling by itself is what you would pay for: planned servers may do.",
    ),
    "long_work": (
        "Does one piece of work take more than 15 minutes?",
        "Lambda ends work after 15 minutes: cut it into steps, with a state machine (lab 06) or a durable function. "
        "Managed Instances allow 90 minutes, if nobody waits for the answer.",
    ),
    "large_payload": (
        "Is a request or an answer larger than 6 MB?",
        "Put what is larger than 6 MB into S3, and its address into the event (lab 06). Answers alone may have 200 MB, "
        "if they are streamed.",
    ),
    "open_sockets": (
        "Do others connect to it, and stay connected?",
        "Nobody can open a connection to a function. API Gateway can hold WebSockets for it and turn each message into "
        "an event; MicroVMs and containers have ports.",
    ),
    "gpu": (
        "Does it need a GPU?",
        "A function has no GPU, unless it is a container image on Managed Instances.",
    ),
    "tail_latency": (
        "Must even the slowest of a thousand answers be fast?",
        "The slowest answers are mostly cold starts (lab 08): pay for environments that are ready, which is "
        "provisioned concurrency, or for Managed Instances, which have no cold starts.",
    ),
    "synchronous": (
        "Do callers mostly wait for the answer?",
        "That callers wait is no obstacle by itself, and does not count. But functions that wait for functions are "
        "paid for waiting: put a queue between (lab 06).",
    ),
}
NOT_COUNTED = {"synchronous"}  # whether the time it takes is a problem, other questions ask
VERDICTS = (
    (9, "Lambda fits very well."),
    (7, "Lambda fits, with something to solve first."),
    (4, "Lambda fits in part: consider it for single tasks."),
    (0, "Lambda does not fit: look at containers or servers."),
)


@dataclass(frozen=True)
class Fit:
    """The answers, {question's name: yes}, and their verdict."""

    answers: dict[str, bool]

    @property
    def counted(self) -> list[bool]:
        """The answers that count."""
        return [yes for name, yes in self.answers.items() if name not in NOT_COUNTED]

    @property
    def noes(self) -> int:
        """The number of noes that count, of nine."""
        return sum(not yes for yes in self.counted)

    @property
    def verdict(self) -> str:
        """The verdict on that number, in one sentence."""
        return next(text for least, text in VERDICTS if self.noes >= least)

    @property
    def advice(self) -> list[str]:
        """The advice for each yes."""
        return [QUESTIONS[name][1] for name, yes in self.answers.items() if yes]

    def __repr__(self) -> str:
        return "\n".join([f"{self.noes} of {len(self.counted)} noes: {self.verdict}", *(f"- {a}" for a in self.advice)])

    def _repr_html_(self) -> str:
        advice = "".join(f"<li>{escape(text)}</li>" for text in self.advice)
        return f"<p>{self.noes} of {len(self.counted)} noes: <strong>{self.verdict}</strong></p><ul>{advice}</ul>"


def fit(
    *,
    central_state: bool = False,
    frequent_requests: bool = False,
    monolith: bool = False,
    known_schedule: bool = False,
    long_work: bool = False,
    large_payload: bool = False,
    open_sockets: bool = False,
    gpu: bool = False,
    tail_latency: bool = False,
    synchronous: bool = False,
) -> Fit:
    """Return the fit of an application from ten answers, True for yes; what is left out is a no."""
    return Fit(
        {
            "central_state": central_state,
            "frequent_requests": frequent_requests,
            "monolith": monolith,
            "known_schedule": known_schedule,
            "long_work": long_work,
            "large_payload": large_payload,
            "open_sockets": open_sockets,
            "gpu": gpu,
            "tail_latency": tail_latency,
            "synchronous": synchronous,
        }
    )


class Questionnaire(Shown):
    """The ten questions as a form, open at first; `answers` so far are {question's name: yes}."""

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
