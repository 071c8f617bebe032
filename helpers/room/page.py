"""The page: a table of attendees and labs, and one of exercises and how many have solved them.

All that comes from attendees is a name, which is escaped, and times, which are written anew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from helpers.exercises import Description
from helpers.room.attendees import Attendee, Room

QUIET = timedelta(minutes=20)  # longer than an exercise takes by the labs' own minutes


def html(room: Room, labs: Sequence[Description], now: datetime) -> str:
    """Return the page as HTML; `room.css` and `room.js` are beside it. `now` is aware, its zone the reader's."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Who is where</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="room.css"><script defer src="room.js"></script>'
        "</head>\n<body><header><h1>Who is where</h1>"
        '<p><button id="refresh">Refresh</button> '
        '<label><input type="checkbox" id="every" checked> every 15 seconds</label></p></header>\n'
        f"<main>{body(room, labs, now)}</main></body></html>\n"
    )


def body(room: Room, labs: Sequence[Description], now: datetime) -> str:
    """Return what changes from one refresh to the next."""
    said = f"{counted(len(room.attendees), 'attendee')} at {now:%H:%M:%S}."
    if room.odd:
        said += f" {counted(room.odd, 'file')} in the room could not be understood, and not counted."
    if not room.attendees:
        return f"<p>{said} Nobody shares progress yet: the guide says how one does.</p>"
    return f"<p>{said}</p>\n{by_attendee(room, labs, now)}\n{by_exercise(room, labs)}"


def by_attendee(room: Room, labs: Sequence[Description], now: datetime) -> str:
    """Return the table of attendees and labs."""
    heads = "".join(f'<th scope="col"><abbr title="{escape(lab.title)}">{lab.number}</abbr></th>' for lab in labs)
    rows = "".join(row(one, labs, now) for one in room.attendees)
    every = sum(len(lab.exercises) for lab in labs)
    done = "".join(f"<td>{sum(one.of(lab) == len(lab.exercises) for one in room.attendees)}</td>" for lab in labs)
    return (
        '<div class="wide" role="region" aria-label="Attendees and labs" tabindex="0"><table>'
        "<caption>Exercises solved, of each lab and in all</caption>"
        '<thead><tr><th scope="col">name</th><th scope="col">solved last</th>'
        f'<th scope="col">of {every}</th>{heads}</tr></thead>\n<tbody>{rows}</tbody>\n'
        f'<tfoot><tr><th scope="row">have all</th><td></td><td></td>{done}</tr></tfoot></table></div>'
    )


def row(one: Attendee, labs: Sequence[Description], now: datetime) -> str:
    """Return an attendee's row."""
    cells = ""
    for lab in labs:
        solved, every = one.of(lab), len(lab.exercises)
        kind = "none" if not solved else "all" if solved == every else "some"
        cells += f'<td class="{kind}">{solved} of {every}</td>'
    return f'<tr><th scope="row">{escape(one.name)}</th>{last(one, now)}<td>{len(one.solved)}</td>{cells}</tr>\n'


def last(one: Attendee, now: datetime) -> str:
    """Return the cell that says what was solved last, and how long ago; before that, since when there is sharing."""
    exercise, when = one.last or ("none yet, here since", one.joined)
    ago = now - when
    quiet = ' class="quiet"' if ago > QUIET else ""
    local = when.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"
    minutes = int(ago.total_seconds() // 60)
    since = f", {minutes} min ago" if minutes < 600 else ""
    return f'<td{quiet}>{exercise} <time datetime="{when.isoformat()}">{clock}</time>{since}</td>'


def by_exercise(room: Room, labs: Sequence[Description]) -> str:
    """Return the table of exercises, of labs that somebody has begun."""
    rows = ""
    for lab in labs:
        if any(one.of(lab) for one in room.attendees):
            for exercise in lab.exercises.values():
                solved = sum(exercise.number in one.solved for one in room.attendees)
                rows += (
                    f'<tr><th scope="row">{exercise.number} {escape(exercise.title)}</th><td>{solved}</td>'
                    f'<td><meter min="0" max="{len(room.attendees)}" value="{solved}" '
                    f'aria-label="{solved} of {len(room.attendees)}"></meter></td></tr>\n'
                )
    head = (
        '<thead><tr><th scope="col">exercise</th><th scope="col">solved by</th><th scope="col">share</th></tr></thead>'
    )
    caption = f"<caption>Exercises, of {counted(len(room.attendees), 'attendee')}</caption>"
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>" if rows else ""


def counted(number: int, what: str) -> str:
    """As in "1 file" and "2 files"."""
    return f"{number} {what}{'s' * (number != 1)}"
