"""One module per lab, `labNN`, holds what the lab is, what it makes, and its exercises.

    TITLE = "Hello world"
    OWNS = Owns(functions=("HelloWorld",))  # what Lab.reset removes
    NEEDS = ("lambda",)  # features without which the lab does not start

Its exercises are the functions decorated with `@exercise`.
"""

import importlib
import pkgutil
from dataclasses import dataclass

from helpers.cleanup.owns import Owns
from helpers.errors import ExerciseError
from helpers.exercises.checks import Exercise


@dataclass(frozen=True)
class Description:
    """A lab: number ("01"), title, what it owns, what it needs, its exercises by number."""

    number: str
    title: str
    owns: Owns
    needs: tuple[str, ...]
    exercises: dict[str, Exercise]

    def exercise(self, number: str | float) -> Exercise:
        """Return one exercise, "1.1" or 1.1. Raises: ExerciseError if the lab has none of that number."""
        if isinstance(number, float):
            number = str(number)
        if number not in self.exercises:
            raise ExerciseError(f"Lab {self.number} has no exercise {number!r}: it has {', '.join(self.exercises)}.")
        return self.exercises[number]


def numbers() -> list[str]:
    """Return the numbers of all labs, in order."""
    return sorted(module.name[3:] for module in pkgutil.iter_modules(__path__) if module.name.startswith("lab"))


def load(number: str) -> Description:
    """Return the lab `number` ("01"). Raises: ExerciseError if there is none."""
    if number not in numbers():
        raise ExerciseError(f"There is no lab {number!r}: choose one of {', '.join(numbers())}.")
    module = importlib.import_module(f"{__name__}.lab{number}")
    exercises = [value for value in vars(module).values() if isinstance(value, Exercise)]
    return Description(
        number=number,
        title=module.TITLE,
        owns=module.OWNS,
        needs=getattr(module, "NEEDS", ("lambda",)),
        exercises={exercise.number: exercise for exercise in exercises},
    )
