"""The course: every lab in its order, and the learner's progress. `Lab.progress()`, the progress map and README's table
read both here.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from helpers import exercises
from helpers.errors import LabError
from helpers.exercises import earlier_numbers
from helpers.exercises.about import About
from helpers.exercises.checks import Exercise
from helpers.state.home import ROOT
from helpers.state.progress import Progress
from helpers.table import Table

LABS = ROOT / "labs"


@dataclass(frozen=True)
class Standing:
    """How far one lab is: number ("01"), what it declares, all its exercises, the numbers of those done, in order.

    `notebook` is its file name in `labs/` and in `my/`.
    """

    number: str
    about: About
    exercises: tuple[Exercise, ...]
    done: tuple[str, ...]
    notebook: str

    @property
    def title(self) -> str:
        """The lab's title."""
        return self.about.title

    @property
    def state(self) -> str:
        """One of "not begun", "begun", "done"."""
        if not self.done:
            return "not begun"
        return "done" if len(self.done) == len(self.exercises) else "begun"

    @property
    def count(self) -> str:
        """As in "1 of 4"."""
        return f"{len(self.done)} of {len(self.exercises)}"


@dataclass(frozen=True)
class Course:
    """The standing of every lab in order. `notice`: a sentence if a corrupt progress file was set aside."""

    labs: tuple[Standing, ...]
    notice: str | None = None

    @property
    def next(self) -> tuple[Standing, Exercise] | None:
        """The first exercise that is not done, with its lab; None when all are done."""
        todo = ((lab, one) for lab in self.labs for one in lab.exercises if one.number not in lab.done)
        return next(todo, None)

    @property
    def builds_on(self) -> dict[str, tuple[str, ...]]:
        """What each lab builds on, {"03": ("01", "02")}."""
        return {lab.number: lab.about.builds_on for lab in self.labs}

    @property
    def done(self) -> int:
        """How many exercises are done."""
        return sum(len(lab.done) for lab in self.labs)

    @property
    def exercises(self) -> int:
        """How many exercises there are."""
        return sum(len(lab.exercises) for lab in self.labs)

    def table(self) -> Table:
        """Return a table of the labs with the number of exercises done."""
        rows = [(lab.number, lab.title, lab.count) for lab in self.labs]
        return Table(("Lab", "Title", "Exercises done"), rows)


def read(progress: Progress | None = None) -> Course:
    """Return the course with the progress saved so far, by default that in the labs' folder.

    Raises: LabError if the progress file cannot be read, or a lab's notebook is missing.
    """
    kept = progress or Progress()
    return Course(tuple(_standing(number, kept) for number in exercises.numbers()), kept.notice)


def address(lab: Standing, exercise: Exercise) -> str:
    """Return the relative link to an exercise from another notebook: its notebook, and its cell for JupyterLab.

    A kernel works in its notebook's folder: the notebook that the link leads to is there, as the learner has it.
    """
    there = Path(lab.notebook)
    try:
        cells = json.loads((there if there.exists() else LABS / lab.notebook).read_text(encoding="utf-8"))["cells"]
        found = (cell["id"] for cell in cells if f"### Exercise {exercise.number}:" in "".join(cell["source"]))
        return f"{lab.notebook}#cell-id={next(found)}"
    except (OSError, ValueError, KeyError, StopIteration):  # edited, or being saved: the notebook is near enough
        return lab.notebook


def _standing(number: str, kept: Progress) -> Standing:
    lab, noted = exercises.load(number), kept.done(number)
    done = tuple(one.number for one in lab.exercises.values() if earlier_numbers.when_done(one, noted))
    names = sorted((notebook.name for notebook in LABS.glob(f"{number}_*.ipynb")), key=len)
    if not names:
        raise LabError(f"The notebook of lab {number} is not in {LABS}: get it back with 'git checkout labs'.")
    return Standing(number, lab, tuple(lab.exercises.values()), done, names[0])  # a copy has a longer name
