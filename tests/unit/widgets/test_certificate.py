"""The certificate: what it says is what was recorded, on a page that needs nothing else."""

from datetime import UTC, datetime

from helpers import exercises
from helpers.state.progress import Progress
from helpers.widgets import certificate

FIRST, SECOND = (exercises.load("01").exercise(number).name for number in ("1.1", "1.2"))
HELLO, BYE = ("01", FIRST, "2026-11-02"), ("01", SECOND, "2026-11-01")


def made(tmp_path, *solved, name=""):
    for lab, exercise, day in solved:
        moment = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)
        Progress(tmp_path, now=lambda moment=moment: moment).record(lab, exercise)
    progress = Progress(tmp_path)
    return certificate(name, folder=tmp_path, progress=progress)


def test_it_names_each_solved_exercise_with_its_day_and_the_labs_they_are_of(tmp_path):
    found = made(tmp_path, HELLO, BYE, ("00", "0.1", "2026-11-29"))  # 0.1: as older versions wrote it
    assert found.summary == "3 exercises solved, from 2026-11-01 to 2026-11-29."
    assert [(lab.number, len(lab.exercises)) for lab in found.labs] == [("00", 1), ("01", 2)]
    assert "  1.2 Say goodbye, 2026-11-01" in found.text()
    page = found.path.read_text(encoding="utf-8")
    assert page == found.page() and "<td>1.2</td>" in page and "<td>2026-11-01</td>" in page


def test_the_page_asks_for_nothing_from_elsewhere_and_a_name_is_text(tmp_path):
    page = made(tmp_path, HELLO, name="<Ada> & Co").page()
    assert "<strong>&lt;Ada&gt; &amp; Co</strong>" in page
    assert not any(part in page for part in ("http:", "https:", "src=", "<script", "url("))


def test_without_a_solved_exercise_it_says_so(tmp_path):
    assert made(tmp_path).text() == "certificate.html: No exercise is solved yet."


def test_what_an_older_version_had_is_not_counted(tmp_path):
    assert made(tmp_path, ("01", "1.2", "2026-11-02"), ("01", "1.99", "2026-11-02")).labs == ()
