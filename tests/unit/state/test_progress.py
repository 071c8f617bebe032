"""Progress outlives kernels."""

import json
import multiprocessing
import re
from datetime import UTC, datetime

import pytest

from helpers.errors import LabError
from helpers.state.progress import Progress

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_what_is_done_is_still_done_for_another_kernel(tmp_path):
    Progress(tmp_path, lambda: NOON).record("01", "say_goodbye")
    assert Progress(tmp_path).done("01") == {"say_goodbye": "2026-11-21T12:00:00+00:00"}


def test_nothing_is_done_at_first(tmp_path):
    assert Progress(tmp_path / "not" / "there").done("01") == {}


def test_the_first_time_counts(tmp_path):
    Progress(tmp_path, lambda: NOON).record("01", "say_goodbye")
    Progress(tmp_path).record("01", "say_goodbye")
    assert Progress(tmp_path).done("01") == {"say_goodbye": "2026-11-21T12:00:00+00:00"}


def test_the_first_time_counts_even_if_two_kernels_find_it_not_done_yet(tmp_path, monkeypatch):
    Progress(tmp_path, lambda: NOON).record("01", "say_goodbye")
    other = Progress(tmp_path)
    monkeypatch.setattr(other, "done", lambda lab: {})
    other.record("01", "say_goodbye")
    assert Progress(tmp_path).done("01") == {"say_goodbye": "2026-11-21T12:00:00+00:00"}


def test_kernels_that_record_at_once_lose_nothing(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(_record, [(tmp_path, str(number)) for number in range(40)])
    assert len(Progress(tmp_path).done("01")) == 40


def _record(arguments):
    folder, exercise = arguments
    Progress(folder).record("01", exercise)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"01": 1}', b'{"01": {"say_goodbye": null}}', b"\xff\xfe", b"null", b"[" * 100_000]
)
def test_a_corrupt_file_is_set_aside_and_reported_in_one_sentence(tmp_path, content):
    (tmp_path / "progress.json").write_bytes(content)
    progress = Progress(tmp_path, lambda: NOON)
    assert progress.done("01") == {}
    aside = tmp_path / "progress.json.corrupt-20261121T120000000000Z"
    assert aside.read_bytes() == content
    assert (
        progress.notice == f"The progress file could not be read: it is kept as {aside.name}, and counting starts anew."
    )
    progress.record("01", "say_goodbye")
    assert list(json.loads((tmp_path / "progress.json").read_text())["01"]) == ["say_goodbye"]


def test_a_byte_order_mark_costs_no_progress(tmp_path):
    (tmp_path / "progress.json").write_text('{"01": {"say_goodbye": "then"}}', encoding="utf-8-sig")
    progress = Progress(tmp_path)
    assert progress.done("01") == {"say_goodbye": "then"} and progress.notice is None


def test_a_folder_in_the_place_of_the_progress_file_is_kept_beside_it(tmp_path):
    (tmp_path / "progress.json" / "mine").mkdir(parents=True)
    progress = Progress(tmp_path, lambda: NOON)
    progress.record("01", "say_goodbye")
    assert (tmp_path / "progress.json.corrupt-20261121T120000000000Z" / "mine").is_dir()
    assert list(Progress(tmp_path).done("01")) == ["say_goodbye"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="set LAB_HOME to a folder that is"):
        Progress(tmp_path / "file" / "lab").record("01", "say_goodbye")


def test_forget_forgets(tmp_path):
    Progress(tmp_path).record("01", "say_goodbye")
    Progress(tmp_path).forget()
    assert Progress(tmp_path).done("01") == {}


def test_times_are_in_utc(tmp_path):
    Progress(tmp_path).record("01", "say_goodbye")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", Progress(tmp_path).done("01")["say_goodbye"])
