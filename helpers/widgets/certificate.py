"""The certificate: which exercises were solved, and when, as a page to keep.

    certificate("Ada Lovelace")        # writes certificate.html beside the notebook

It is read from `.lab/progress.json`, and nothing is sent anywhere. The page is one file: it opens in any browser, and
prints on paper.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from helpers.exercises import course, earlier_numbers
from helpers.state.home import replace_file, writable
from helpers.state.progress import Progress

FILE = "certificate.html"
TITLE = "AWS Lambda, by doing"
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #212121; }
h1 { border-bottom: 4px solid #2f6fb2; padding-bottom: .3rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: 1rem 0 .2rem; }
td { border-bottom: 1px solid #bdbdbd; padding: .15rem .5rem .15rem 0; } td:last-child { text-align: right; }
@media print { body { margin: 0 auto; } table { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Solved:
    """A lab with what was solved of it, as (number, title, day "2026-11-29") of each exercise, and how many it has."""

    number: str
    title: str
    exercises: tuple[tuple[str, str, str], ...]
    of: int


@dataclass(frozen=True)
class Certificate:
    """What was solved, by whom, and the file that says so."""

    name: str
    labs: tuple[Solved, ...]
    path: Path

    @property
    def summary(self) -> str:
        """The whole in one line."""
        done = sum(len(lab.exercises) for lab in self.labs)
        if not done:
            return "No exercise is solved yet."
        days = sorted(day for lab in self.labs for _, _, day in lab.exercises)
        return f"{done} exercise{'s' * (done != 1)} solved, from {days[0]} to {days[-1]}."

    def text(self) -> str:
        """Return it as lines of text."""
        lines = [f"{self.path.name}: {self.summary}"]
        for lab in self.labs:
            lines.append(f"{lab.number} {lab.title}: {len(lab.exercises)} of {lab.of}")
            lines += [f"  {number} {title}, {day}" for number, title, day in lab.exercises]
        return "\n".join(lines)

    __repr__ = text

    def _repr_html_(self) -> str:
        return f'<div class="lab-certificate">{self.body("h3")}</div>'

    def page(self) -> str:
        """Return the page, as HTML that needs nothing else."""
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
            f"<style>{STYLE}</style></head>\n<body>{self.body()}</body></html>\n"
        )

    def body(self, heading: str = "h1") -> str:
        """Return what the page says, its title as a heading of this level."""
        who = f"<p><strong>{escape(self.name)}</strong></p>" if self.name else ""
        tables = ""
        for lab in self.labs:
            rows = "".join(
                f"<tr><td>{number}</td><td>{escape(title)}</td><td>{day}</td></tr>"
                for number, title, day in lab.exercises
            )
            caption = f"{lab.number} {escape(lab.title)} ({len(lab.exercises)} of {lab.of})"
            tables += f"<table><caption>{caption}</caption><tbody>{rows}</tbody></table>"
        note = "Written by the learner's own machine, from its record of checks that passed. Nothing was sent anywhere."
        return f"<{heading}>{TITLE}</{heading}>{who}<p>{self.summary}</p>{tables}<p><small>{note}</small></p>"


def certificate(name: str = "", folder: Path | None = None, progress: Progress | None = None) -> Certificate:
    """Write the page for `name` into `folder`, by default the notebook's, and return what it says.

    Raises: LabError if the file cannot be written, or the progress cannot be read.
    """
    kept = progress or Progress()
    labs = []
    for lab in course.read(kept).labs:
        noted = kept.done(lab.number)
        known = ((one, earlier_numbers.when_done(one, noted)) for one in lab.exercises)
        solved = tuple((one.number, one.title, moment[:10]) for one, moment in known if moment)
        if solved:
            labs.append(Solved(lab.number, lab.title, solved, len(lab.exercises)))
    made = Certificate(name, tuple(labs), (folder or Path.cwd()) / FILE)
    with writable(made.path):
        replace_file(made.path, made.page().encode())
    return made
