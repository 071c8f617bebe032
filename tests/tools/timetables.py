"""Timetables for instructors, from the minutes that labs declare: ``make outputs`` writes them into classroom/GUIDE.md.

What is ours, chosen and not measured: ten minutes for each lab's slides and questions, and the breaks.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from helpers import exercises
from helpers.exercises.course import LABS
from helpers.state.home import ROOT

GUIDE = ROOT / "classroom" / "GUIDE.md"
TABLES = re.compile(
    r"(?<=<!-- timetables: `make outputs` writes them -->\n\n).*(?=\n<!-- end of timetables -->)", re.DOTALL
)
SLIDES, BREAK, WELCOME, CLOSING = 10, 15, 15, 10  # minutes
SHORT = re.compile(r"\*\*Time\*\* .*After (\d+) of them, at the end of step (\d+), you may stop\.")


@dataclass(frozen=True)
class Plan:
    """A half day: its name, when it begins, labs and breaks. "02 short" is lab 02 up to where it says one may stop."""

    name: str
    begins: str
    parts: tuple[str, ...]

    @property
    def labs(self) -> list[str]:
        """Numbers of its labs."""
        return [part[:2] for part in self.parts if part[:2].isdigit()]


THREE_HOURS = Plan(
    "Three hours, if there are no more", "09:00", ("welcome", "00", "01", "break", "02 short", "closing")
)
HALF_DAYS = (
    Plan("First half day: a function", "09:00", ("welcome", "00", "01", "break", "02 short", "03", "closing")),
    Plan("Second half day: functions together", "13:30", ("04", "06", "break", "05", "07", "closing")),
    Plan("Third half day: what runs them", "09:00", ("08", "09", "break", "10", "closing")),
    Plan("Fourth half day: money, and shipping", "13:30", ("11", "12", "break", "appendix", "closing")),
)
OTHERS = {
    "welcome": ("Welcome; everybody sees lab 00 open", WELCOME),
    "break": ("*Break*", BREAK),
    "closing": ("Questions; what comes next", CLOSING),
    "appendix": ("An appendix that the room chooses: lab 04, 06, 09, 10 or 12", 40),
}


def short(notebook: Path) -> tuple[int, int]:
    """After how many minutes, and which step, a lab says that one may stop. Raises: ValueError if it does not."""
    found = SHORT.search(notebook.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{notebook.name} does not say any more where one may stop: change the timetables.")
    return int(found[1]), int(found[2])


def part(name: str) -> tuple[str, int]:
    """What is done, and how many minutes it takes."""
    if name in OTHERS:
        return OTHERS[name]
    lab = exercises.load(name[:2])
    [notebook] = (path for path in LABS.glob(f"{lab.number}_*.ipynb") if path.name.count(".") == 1)
    minutes, upto = lab.minutes, ""
    if name.endswith("short"):
        minutes, step = short(notebook)
        upto = f", steps 1 to {step}"
    return f"[{lab.number} {lab.title}](../labs/{notebook.name}){upto}: {SLIDES} + {minutes} minutes", SLIDES + minutes


def table(plan: Plan) -> str:
    """One plan as a table in Markdown."""
    hour, minute = map(int, plan.begins.split(":"))
    now, rows = 60 * hour + minute, []
    for name in plan.parts:
        what, minutes = part(name)
        rows.append(f"| {now // 60:02}:{now % 60:02} | {what} |")
        now += minutes
    rows.append(f"| {now // 60:02}:{now % 60:02} | End |")
    return "\n".join([f"**{plan.name}**", "", "| | |", "|---|---|", *rows]) + "\n"


def tables() -> str:
    """All of them."""
    return "\n".join(map(table, (*HALF_DAYS, THREE_HOURS)))


def main() -> None:
    """Write them."""
    text = GUIDE.read_text(encoding="utf-8")
    GUIDE.write_text(TABLES.sub(lambda _: tables(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
