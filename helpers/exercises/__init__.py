"""The labs' exercises: one module per lab, `labNN`, holds what the lab is, what it makes, and its exercises.

    ABOUT = About(title="Layers", owns=Owns(layers=("lab05-*",)), …)  # `about` says what a lab declares
    …and a function decorated with `@exercise` for each exercise

- `labNN`: the labs, each named after its number; `appendix04`, `appendix06`: exercises of long appendices.
- `about`: what a lab declares; `checks`: how an exercise is declared, and its check run and shown.
- `evidence`: what checks ask the backend; `near_misses`: what was found under nearly the right name.
- `solutions`: the explained solutions of a lab.
- `course`: all labs in their order, and how far the learner has come; `earlier_numbers`: what
  progress that was saved under numbers is worth.
- `twelve_factors`: what lab 07 judges Lambda by. `last_night`: the fault that lab 10 plants.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field

from helpers.errors import ExerciseError
from helpers.exercises.about import About
from helpers.exercises.checks import Exercise


@dataclass(frozen=True, kw_only=True)
class Description(About):
    """A lab: what it declares, its number ("01"), its exercises by number."""

    number: str
    exercises: dict[str, Exercise] = field(default_factory=dict)

    def exercise(self, number: str | float) -> Exercise:
        """Return one exercise, "1.1" or 1.1. Raises: ExerciseError if the lab has none of that number."""
        if isinstance(number, float):
            number = str(number)
        if not number:
            raise ExerciseError(f"Say which exercise: lab {self.number} has {', '.join(self.exercises)}.")
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
    found = (value for value in vars(module).values() if isinstance(value, Exercise))
    exercises = sorted(found, key=lambda one: int(one.number.partition(".")[2]))
    return Description(**vars(module.ABOUT), number=number, exercises={one.number: one for one in exercises})
