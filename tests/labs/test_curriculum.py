"""Every line of the curriculum is on a lab's page, in a section whose code ran: `curriculum.toml` lists them."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import notebooks
import pytest

from helpers import exercises
from helpers.state.home import ROOT

pytestmark = [pytest.mark.labs, pytest.mark.once]

CURRICULUM = tomllib.loads(Path(__file__).with_name("curriculum.toml").read_text(encoding="utf-8"))
LABS = {lab.stem[:2]: lab for lab in notebooks.LABS}
LINES = [(number, topic) for number in CURRICULUM for topic in CURRICULUM[number]]


def test_the_labs_are_those_of_the_curriculum():
    assert sorted(LABS) == exercises.numbers() == sorted(CURRICULUM)


@pytest.mark.parametrize(("number", "topic"), LINES, ids=[f"{number} {topic}" for number, topic in LINES])
def test_each_line_of_the_curriculum_is_shown_by_running_it(number, topic):
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in CURRICULUM[number][topic]]
    sections = list(ran(LABS[number]))
    for section in sections:
        if all(pattern.search(section) for pattern in patterns):
            return
    found = {text.splitlines()[0]: [p.pattern for p in patterns if p.search(text)] for text in sections}
    pytest.fail(f"no section of {LABS[number].relative_to(ROOT)} has all of {CURRICULUM[number][topic]}: {found}")


def ran(lab: Path) -> Iterator[str]:
    """The text of each section of the notebook in which a code cell ran: prose, code and outputs, heading first."""
    texts, run = [], False
    for cell in notebooks.read(lab).cells:
        if cell.cell_type == "markdown":
            for part in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
                if part.startswith("## "):
                    if run:
                        yield "\n".join(texts)
                    texts, run = [], False
                texts.append(part)
        else:
            texts += [cell.source, *notebooks.texts(cell)]
            run = run or cell.execution_count is not None
    if run:
        yield "\n".join(texts)
