"""Explained solutions: the blocks of a lab's file in `labs/solutions/`, one for an exercise or a task of one's own.

    # %% 1.1 Say goodbye                          number and title
    # The source of HelloWorld with another word  why, in comments,
    goodbye_js = …                                and the code for the exercise's cell

    # %% On your own 2: Read INIT_REPORT          the second task of "On your own"

`Lab.solution` shows one of them, the tests run those of the exercises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import ExerciseError
from helpers.jupyter.code_block import CodeBlock
from helpers.state.home import ROOT

FOLDER = ROOT / "labs" / "solutions"
HEAD = re.compile(r"^# %% (\d+\.\d+|On your own \d+):? +(.+)\n", flags=re.MULTILINE)


@dataclass(frozen=True)
class Solution:
    """A solution: number ("1.1" or "On your own 2"), title, why it is so (Markdown), code."""

    number: str
    title: str
    why: str
    code: str

    def block(self) -> CodeBlock:
        """Return it as it is shown."""
        return CodeBlock(f"Solution {self.number}: {self.title}", self.code, self.why)


def read(lab: str, folder: Path = FOLDER) -> dict[str, Solution]:
    """Return the solutions of `lab` ("01") by their numbers, in their order; none without a file."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob(f"{lab}_*.py"))]
    return {one.number: one for text in texts for one in _parse(text)}


def find(lab: str, number: str | float, folder: Path = FOLDER) -> Solution:
    """Return one solution, "1.1" or 1.1 or "On your own 2". Raises: ExerciseError if the lab has none such."""
    solutions = read(lab, folder)
    wanted = " ".join(str(number).split()).casefold()
    for one in solutions.values():
        if one.number.casefold() == wanted:
            return one
    raise ExerciseError(f"Lab {lab} has no solution {number!r}: it has {', '.join(solutions) or 'none'}.")


def _parse(text: str) -> Iterator[Solution]:
    _, *parts = HEAD.split(text)
    for number, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        lines = body.strip().split("\n")
        code = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
        why = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines[:code])
        yield Solution(number, title, re.sub(r"(?<=\S)\n(?=\S)", " ", why), "\n".join(lines[code:]).strip())
