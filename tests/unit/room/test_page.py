"""The page for the instructor, as HTML."""

from datetime import UTC, datetime, timedelta, timezone

from helpers.room import attendees, page
from helpers.room.attendees import Attendee, Room

NOW = datetime(2026, 11, 30, 11, 0, tzinfo=timezone(timedelta(hours=1)))
LABS = attendees.course()


def at(minute, hour=9):
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


ADA = Attendee("Ada", at(0), {"1.1": at(50), "1.2": at(58)})
BOB = Attendee("Bob", at(0), {})


def test_a_row_says_what_was_solved_last_and_when_in_the_readers_time_and_how_much_of_each_lab():
    row = page.row(ADA, LABS, NOW)
    assert '<th scope="row">Ada</th>' in row
    assert '1.2 <time datetime="2026-11-30T09:58:00+00:00">10:58</time>, 2 min ago' in row
    assert row.count("<td") == 2 + len(LABS)
    assert f'<td class="none">0 of {len(LABS[0].exercises)}</td><td class="some">2 of 5</td>' in row


def test_who_has_solved_nothing_for_twenty_minutes_is_marked_and_who_has_solved_nothing_at_all_is_there():
    assert 'class="quiet"' not in page.row(ADA, LABS, NOW)
    assert '<td class="quiet">none yet, here since' in page.row(BOB, LABS, NOW)


def test_a_lab_that_is_complete_counts_in_the_last_row():
    done = Attendee("Grace", at(0), {number: at(1) for number in LABS[0].exercises})
    text = page.by_attendee(Room((done, BOB)), LABS, NOW)
    assert '<td class="all">3 of 3</td>' in text
    assert '<th scope="row">have all</th><td></td><td></td><td>1</td><td>0</td>' in text


def test_exercises_are_counted_for_labs_that_somebody_has_begun():
    text = page.by_exercise(Room((ADA, BOB)), LABS)
    assert '<th scope="row">1.2 Say goodbye</th><td>1</td>' in text
    assert '<th scope="row">0.1' not in text


def test_a_name_is_text_whatever_is_in_it():
    text = page.html(Room((Attendee("<script>alert('&')</script>", at(0), {}),)), LABS, NOW)
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in text
    assert text.count("<script") == 1  # ours


def test_files_that_could_not_be_understood_are_said_and_an_empty_room_is_no_table():
    assert "2 files in the room could not be understood" in page.body(Room((), 2), LABS, NOW)
    assert "<table" not in page.html(Room(()), LABS, NOW)


def test_every_cell_has_headers_of_its_row_and_column_for_a_screen_reader():
    text = page.by_attendee(Room((ADA, BOB)), LABS, NOW)
    assert text.count('<th scope="col">') == 3 + len(LABS)
    assert text.count('<th scope="row">') == 3
    assert "<caption>" in text
