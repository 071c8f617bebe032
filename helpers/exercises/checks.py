"""Exercises: their declaration, their checks, and the result as it is shown.

A lab's exercises live in `helpers/exercises/labNN.py`:

    @exercise("1.1", "Greet in French", desired="the answer Bonjour", hints=["Change the word.", "Update…"], half=HALF)
    def greet_in_french(lab: Connection) -> Check:
        ...ask the backend, never the notebook's variables; ask for what nobody can know before (`answers.random_name`)
        return Check(answer == "Bonjour", f"the answer {answer}")

The first hint nudges, the second names the API, the third is the cell half filled, if there is `half`: the code of the
solution, with `___` for what is to be thought of. The last says how to see the explained solution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from helpers.backend.lab_like import LabLike
from helpers.errors import NotThereError, describe, unanswered
from helpers.exercises import near_misses


@dataclass(frozen=True)
class Check:
    """The finding of a check: whether it passed, and the actual state in words."""

    passed: bool
    actual: str


@dataclass(frozen=True)
class Hint:
    """A hint, in words, and code to copy if it has some."""

    text: str
    code: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Exercise:
    """One exercise: number ("1.1"), title, the desired state in words, hints in their order, the check, half the cell.

    `half`: code with blanks, written ___; empty if there is none.
    """

    number: str
    title: str
    desired: str
    hints: tuple[str, ...]
    check: Callable[[LabLike], Check]
    half: str = ""

    @property
    def ladder(self) -> list[Hint]:
        """All hints, in their order."""
        half = [Hint("Fill in each ___ and run it.", self.half.strip("\n"))] if self.half else []
        last = Hint(f'lab.solution("{self.number}") shows the solution and explains it.')
        return [*(Hint(text) for text in self.hints), *half, last]

    @property
    def name(self) -> str:
        """The name of its check, "greet_in_french": it stays when exercises get other numbers or titles."""
        return self.check.__name__

    def hint(self, given: int) -> Hint:
        """Return the next hint after `given` ones, the last one again at the end."""
        return self.ladder[min(given, len(self.ladder) - 1)]


def exercise(
    number: str, title: str, *, desired: str, hints: Sequence[str], half: str = ""
) -> Callable[[Callable[[LabLike], Check]], Exercise]:
    """Turn the decorated check into an Exercise, which `helpers.exercises.load` finds in the lab's module."""
    return lambda check: Exercise(number, title, desired, tuple(hints), check, half)


@dataclass(frozen=True)
class Result:
    """The result of a check, shown as one line of text, or the same line in colour.

    `judged`: False if there was nothing to judge; the result then says nothing about the learner's attempt.
    """

    exercise: Exercise
    check: Check
    hint: Hint | None = None
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

    A check that raises, for example because a function does not exist, has not passed; AWS's error is the finding, or
    the function of nearly that name. If the backend does not answer, or lacks what the notebook's own cells make, there
    was nothing to judge and no hint.
    """
    try:
        check = exercise.check(lab)
    except Exception as error:  # whatever a learner's function or backend does must not stop the notebook
        check = Check(False, _found(lab, error))
        if isinstance(error, NotThereError) or unanswered(error):
            return Result(exercise, check, judged=False)
    if check.passed:
        return Result(exercise, check)
    return Result(exercise, check, exercise.hint(failures))


def _found(lab: LabLike, error: Exception) -> str:
    try:
        return near_misses.of_what_is_missing(lab, error) or describe(error)
    except Exception:  # it was a second question, about the answer to the first
        return describe(error)
