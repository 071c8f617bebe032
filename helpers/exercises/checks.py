"""Exercises: how a lab declares them, and how a check of one is run and shown.

A lab's exercises live in `helpers/exercises/labNN.py`:

    @exercise("1.1", "Greet in French", desired="the answer Bonjour", hints=["Change the word.", "Update…", "See…"])
    def greet_in_french(lab) -> Check:
        ...ask the backend, never the notebook's variables...
        return Check(answer == "Bonjour", f"the answer {answer}")

The first hint nudges, the second names the API, the last says where the explained solution is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from helpers.errors import NotThereError, describe, unanswered


@dataclass(frozen=True)
class Check:
    """What a check found: whether it is what was wanted, and what is there, in words."""

    passed: bool
    actual: str


@dataclass(frozen=True)
class Exercise:
    """One exercise: number ("1.1"), title, the state that is wanted in words, hints in their order, the check."""

    number: str
    title: str
    desired: str
    hints: tuple[str, ...]
    check: Callable[[object], Check]

    def hint(self, given: int) -> str | None:
        """Return the next hint after `given` ones, the last one again at the end; None if there are none."""
        return self.hints[min(given, len(self.hints) - 1)] if self.hints else None


def exercise(number: str, title: str, *, desired: str, hints: Sequence[str]) -> Callable[..., Exercise]:
    """Make an Exercise of the function below; modules of `helpers.exercises` are searched for them."""
    return lambda check: Exercise(number, title, desired, tuple(hints), check)


@dataclass(frozen=True)
class Result:
    """A check as it is shown: one line of text, or the same line in colour.

    `judged`: whether there was something to judge; if not, it says nothing about the learner's attempt.
    """

    exercise: Exercise
    check: Check
    hint: str | None = None
    judged: bool = True

    def __str__(self) -> str:
        """Return the line."""
        head = f"{self.exercise.number} {'done' if self.check.passed else 'not yet'}: "
        if self.check.passed:
            return f"{head}{self.exercise.title} ({self.check.actual})."
        hint = f" · Hint: {self.hint}" if self.hint else ""
        return f"{head}wanted {self.exercise.desired}, found {self.check.actual}{hint}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        # JupyterLab's own variables: right in light and dark themes; elsewhere the line is simply plain.
        colour = "success" if self.check.passed else "warn"
        style = f"border-left: 4px solid var(--jp-{colour}-color1); padding-left: 8px"
        return f'<div style="{style}">{escape(str(self))}</div>'


def run(exercise: Exercise, lab, *, failures: int = 0) -> Result:
    """Run the check of `exercise`; never raises. `failures`: how often it failed before, which picks the hint.

    A check that stumbles over the backend (a function that is not there, say) has not passed; what the
    backend said is what was found. If the backend gives no answer, or lacks what the notebook's own cells make, there
    was nothing to judge: no hint helps then.
    """
    try:
        check = exercise.check(lab)
    except Exception as error:  # whatever a learner's function or backend does must not stop the notebook
        check = Check(False, describe(error))
        if isinstance(error, NotThereError) or unanswered(error):
            return Result(exercise, check, judged=False)
    if check.passed:
        return Result(exercise, check)
    return Result(exercise, check, exercise.hint(failures))
