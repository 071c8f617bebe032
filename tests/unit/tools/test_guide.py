"""The instructor's guide: its timetables, its commands, its links."""

import re
import subprocess
from pathlib import Path

import pytest
import timetables

from helpers import exercises
from helpers.__main__ import parser
from helpers.exercises import course
from helpers.state.home import ROOT

pytestmark = pytest.mark.once
TEXT = timetables.GUIDE.read_text(encoding="utf-8")
FACTS = (ROOT / "labs" / "FACTS.md").read_text(encoding="utf-8")
CODE = [*re.findall(r"`([^`\n]+)`", TEXT), *"\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)).splitlines()]
LINKS = [re.sub(r"\s", "", link) for link in re.findall(r"\]\(([^)]+)\)", TEXT)]


def test_the_timetables_are_what_the_labs_declare():
    assert timetables.TABLES.search(TEXT)[0] == timetables.tables()


def test_the_half_days_have_each_lab_once_and_none_before_those_it_builds_on():
    done = []
    for number in (number for plan in timetables.HALF_DAYS for number in plan.labs):
        assert set(exercises.load(number).builds_on) <= set(done), number
        done.append(number)
    assert sorted(done) == exercises.numbers()


def test_a_plan_adds_up():
    plan = timetables.Plan("One", "09:50", ("welcome", "00"))
    rows = re.findall(r"^\| (\d\d:\d\d) \|", timetables.table(plan), re.MULTILINE)
    minutes = timetables.WELCOME + timetables.SLIDES + exercises.load("00").minutes
    assert rows == ["09:50", "10:05", f"{(590 + minutes) // 60:02}:{(590 + minutes) % 60:02}"]


def test_a_lab_that_says_no_more_where_one_may_stop_is_told(tmp_path):
    (tmp_path / "02_iam.ipynb").write_text("**Time** 45 minutes.")
    with pytest.raises(ValueError, match="change the timetables"):
        timetables.short(tmp_path / "02_iam.ipynb")


def test_every_lab_has_its_questions_in_the_order_of_the_labs():
    labs = [f"{lab.number} {lab.title}" for lab in course.read().labs]
    assert re.findall(r"^### (\d\d .+)$", TEXT, re.MULTILINE) == labs
    for part in re.split(r"^### ", TEXT.partition("## When something breaks")[0], flags=re.MULTILINE)[1:]:
        assert part.count("\n- **") >= 3, part.splitlines()[0]


@pytest.mark.parametrize(
    ("said", "where", "there"),
    [
        ("460 MB", "README.md", "460 MB"),
        ("0.5 GB", "README.md", "0.5 GB"),
        ("page of step 8", "labs/04*.ipynb", "## 8. Let a page call it"),
        ("steps 10 and 11", "labs/06*.ipynb", "## 11. Tell several at once"),
        ("lab 06, step 15", "labs/06*.ipynb", "## 15. Run in a circle"),
        ("refuses step 6", "labs/08*.ipynb", "## 6. Reserve concurrency"),
        ("step 13 compares", "labs/12*.ipynb", "## 13. Know the other tools"),
        ("After 300 calls", "labs/03*.ipynb", "range(300)"),
        ("75 requests a second", "labs/11*.ipynb", "75 requests a second"),
        ("1,769 MB", "labs/08*.ipynb", "[1,769 MB]"),
        ("USD 3.50 or 1.00", "labs/12*.ipynb", "an HTTP API: USD 1.00 a million instead of 3.50"),
        ("250 MB", "labs/05*.ipynb", "250 MB together"),
        ("400,000 GB-seconds", "labs/00*.ipynb", "400,000 GB-seconds of each month"),
        ("2 GB are enough", "helpers/doctor.py", "2 GB are enough"),
        ("for 20 minutes", "helpers/room/page.py", "timedelta(minutes=20)"),
        ("LocalStack 4.9.2", "helpers/engine/requirements.txt", "localstack-core==4.9.2"),
    ],
)
def test_a_number_of_the_guide_is_that_of_where_it_comes_from(said, where, there):
    [file] = ROOT.glob(where)
    assert said in TEXT and there in file.read_text(encoding="utf-8")


def test_every_target_of_make_that_it_names_exists():
    named = {word for code in CODE if code.startswith("make ") for word in code.split()[1:] if word.isalpha()}
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"doctor", "slides", "bundle"} <= named and named <= known


def test_every_command_of_the_helpers_that_it_names_is_one():
    commands = [code.partition(" -m helpers ")[2].partition("#")[0].split() for code in CODE if " -m helpers " in code]
    assert {command[0] for command in commands} == {"room", "share", "reset"}
    for command in commands:
        parser().parse_args(command)  # ends with status 2 if not


def test_pages_of_aws_are_among_those_that_are_checked_again_with_the_labs_facts():
    elsewhere = {link for link in LINKS if "://" in link}
    assert elsewhere and {link for link in elsewhere if f"({link})" not in FACTS} == set()


def test_links_to_files_lead_somewhere_and_to_a_heading_that_is_there():
    for link in (link for link in LINKS if "://" not in link):
        path, _, anchor = link.partition("#")
        target = Path(timetables.GUIDE.parent, path)
        assert target.exists(), link
        headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in [re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings]


def test_make_outputs_brings_the_timetables_up_to_date():
    shown = subprocess.run(["make", "--dry-run", "outputs"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert "tests/tools/timetables.py" in shown.stdout
