"""`python -m classroom open|list|password|reset|remove`: what `make classroom` and the instructor call, as root.

Exit codes: 0 done; 1 failed, one sentence on stderr says why; 2 wrong usage.
"""

import argparse
import os
import sys

from classroom import attendees, commands, settings
from helpers.errors import LabError
from helpers.setup.commands import SetupError


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    if reason := commands.can_be_here():
        print(reason, file=sys.stderr)
        return 1
    try:
        _run(options)
    except (LabError, SetupError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m classroom", description="The labs for a room, on one machine.")
    verbs = top.add_subparsers(dest="command", required=True)
    sub = verbs.add_parser("open", help="make new attendees, print their passwords, open the classroom")
    sub.add_argument("--count", type=int, default=0, help="so many attendees with a number for a name")
    sub.add_argument("names", nargs="*", help="attendees by name")
    verbs.add_parser("list", help="who is there")
    for verb, text in (
        ("password", "give attendees new passwords, and print them"),
        ("reset", "begin anew: their my/ is kept beside, as my.until-…; progress and engine go"),
        ("remove", "remove attendees with all that they have"),
    ):
        sub = verbs.add_parser(verb, help=text)
        which = sub.add_mutually_exclusive_group(required=True)
        which.add_argument("names", nargs="*", default=[], help="attendees")
        which.add_argument("--all", action="store_true", help="all of them")
    return top


def _run(options: argparse.Namespace) -> None:
    address = settings.from_environ(os.environ).address
    if options.command == "open":
        for line in commands.hand_out(commands.prepare(options.names, options.count), address):
            print(line, flush=True)
        commands.open_hub(dict(os.environ))
    elif options.command == "list":
        print(*commands.lines(), sep="\n")
    else:
        names = list(attendees.read()) if options.all else options.names
        if options.command == "password":
            print(*commands.hand_out(commands.give_passwords(names), address), sep="\n")
        elif options.command == "reset":
            commands.reset(names)
        else:
            commands.remove(names)


if __name__ == "__main__":
    sys.exit(main())
