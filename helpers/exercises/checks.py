"""Exercises: their declaration, their checks, and the result as it is shown.

A lab's exercises live in `helpers/exercises/labNN.py`:

    @exercise("1.1", "Greet in French", desired="the answer Bonjour", hints=["Change the word.", "Update…", "See…"])
    def greet_in_french(lab: Connection) -> Check:
        ...ask the backend, never the notebook's variables...
        return Check(answer == "Bonjour", f"the answer {answer}")

The first hint nudges, the second names the API, the last says where the explained solution is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from helpers.backend.lab_like import LabLike
from helpers.errors import NotThereError, describe, unanswered


@dataclass(frozen=True)
class Check:
    """The finding of a check: whether it passed, and the actual state in words."""

    passed: bool
    actual: str


@dataclass(frozen=True)
class Exercise:
    """One exercise: number ("1.1"), title, the desired state in words, hints in their order, the check."""

    number: str
    title: str
    desired: str
    hints: tuple[str, ...]
    check: Callable[[LabLike], Check]

    def hint(self, given: int) -> str | None:
        """Return the next hint after `given` ones, the last one again at the end; None if there are none."""
        return self.hints[min(given, len(self.hints) - 1)] if self.hints else None


def exercise(
    number: str, title: str, *, desired: str, hints: Sequence[str]
) -> Callable[[Callable[[LabLike], Check]], Exercise]:
    """Turn the decorated check into an Exercise, which `helpers.exercises.load` finds in the lab's module."""
    return lambda check: Exercise(number, title, desired, tuple(hints), check)


@dataclass(frozen=True)
class Result:
    """The result of a check, shown as one line of text, or the same line in colour.

    `judged`: False if there was nothing to judge; the result then says nothing about the learner's attempt.
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


def run(exercise: Exercise, lab: LabLike, *, failures: int = 0) -> Result:
    """Run the check of `exercise`; never raises. `failures`: how often it failed before, which selects the hint.

    A check that raises, for example because a function does not exist, has not passed; AWS's error is the finding. If
    the backend does not answer, or lacks what the notebook's own cells make, there was nothing to judge and no hint.
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
