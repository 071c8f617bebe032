"""`python -m helpers up|down|status|env|doctor|reset|sweep|share|room`: what make calls, for scripts and WSL too.

Exit codes: 0 done; 1 failed, one sentence on stderr says why; 2 wrong usage; 3 (status and env) nothing runs.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.errors import LabError

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        run: Command = options.run
        return run(options)
    except LabError as error:
        print(error, file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        short = options.command in ("up", "down", "status", "env", "doctor")
        own = "make " if short else ".venv/bin/python -m helpers "
        print(f"{sys.executable} has no {error.name}: use {own}{options.command}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted: nothing was left half done.", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m helpers", description="The labs' backend on this machine.")
    commands = top.add_subparsers(dest="command", required=True)

    def command(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    sub = command("up", up, "Start the backend in the background, unless it runs.")
    sub.add_argument("--port", type=int, help="where it listens (default: LAB_PORT, else 4566)")
    command("down", down, "Stop the backend and everything it started.")
    command("status", status, "Say what runs: backend, version, port, memory, functions.")
    sub = command(
        "env",
        env,
        'Print the variables with which a shell acts as an account\'s root user: eval "$(python -m helpers env)".',
    )
    whose = sub.add_mutually_exclusive_group()
    whose.add_argument("--account", metavar="ID", help="12 digits (default: LAB_ACCOUNT, else --lab's)")
    whose.add_argument("--lab", metavar="NN", help="the lab, such as 04, whose account it is (default: started last)")
    command("doctor", doctor, "Look for what could keep the labs from working, and say how to fix it.")
    sub = command("reset", reset, "Delete what the labs made in the backend.")
    sub.add_argument("lab", nargs="*", help="numbers of labs, such as 01 (default: all)")
    sub.add_argument("--progress", action="store_true", help="forget which exercises are done, too")
    sub = command("sweep", sweep, "Delete what the labs have left in AWS, after a list and your confirmation.")
    sub.add_argument("lab", nargs="*", help="numbers of labs, such as 01 (default: all)")
    sub.add_argument("--dry-run", action="store_true", help="only list it")
    sub.add_argument("--untagged", action="store_true", help="delete what has a lab's name and not its tag, too")
    sub = command("share", share, "Tell the room how far you are, for the instructor's page; nobody does it for you.")
    sub.add_argument("name", nargs="?", help="how the room shall know you (default: say what is shared now)")
    sub.add_argument("--room", type=Path, metavar="FOLDER", help="the room's folder (default: LAB_ROOM)")
    sub.add_argument("--stop", action="store_true", help="share nothing any more, and take back what was shared")
    sub = command("room", room, "For instructors: serve a page that says who is where, of those who share it.")
    sub.add_argument(
        "folder", type=Path, nargs="?", help="the room's folder, made if it is not there (default: LAB_ROOM)"
    )
    sub.add_argument("--port", type=int, default=0, help="where the page is (default: a free port)")
    return top


def up(options: argparse.Namespace) -> int:
    """Start the embedded engine, unless another backend is chosen."""
    from helpers.backend.choice import choose
    from helpers.backend.engine import Engine

    choice = choose()
    if choice.backend != "embedded":
        where = choice.endpoint or "AWS"
        print(f"The labs use the {choice.backend} backend ({where}): there is nothing to start.")
        return 0
    record = Engine().up(options.port)
    print(f"The engine answers on port {record.port}.")
    return 0


def down(options: argparse.Namespace) -> int:
    """Stop the embedded engine."""
    from helpers.backend.engine import Engine

    print("The engine has stopped." if Engine().down() else "No engine was running.")
    return 0


def status(options: argparse.Namespace) -> int:
    """Print what runs."""
    from helpers.backend.status import lines

    code, text = lines()
    print(text)
    return code


def env(options: argparse.Namespace) -> int:
    """Print endpoint, key, secret and region of an account as lines for a shell; start nothing."""
    from helpers.backend import account_environment
    from helpers.backend.status import NOTHING_RUNS

    lines = account_environment.lines(options.account, lab=options.lab)
    if lines is None:
        print("No engine is running, so there is nothing to sign for: start it with 'make up'.", file=sys.stderr)
        return NOTHING_RUNS
    print("\n".join(lines))
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Run the preflight checks."""
    from helpers.doctor import print_findings

    return print_findings()


def reset(options: argparse.Namespace) -> int:
    """Delete what labs made; start no engine for it."""
    from helpers import exercises
    from helpers.backend.choice import choose
    from helpers.backend.engine import Engine
    from helpers.lab import Lab
    from helpers.state.progress import Progress

    labs = [exercises.load(number).number for number in options.lab or exercises.numbers()]
    backend = choose().backend
    if backend == "aws":
        swept = sweep(argparse.Namespace(lab=labs, dry_run=False, untagged=False))
        if swept:
            return swept
    elif backend == "embedded" and Engine().running() is None:
        print("No engine is running, so nothing is left of the labs.")
    else:
        for number in labs:
            Lab(number).reset()
    if options.progress:
        Progress().forget()
        print("Progress is forgotten.")
    return 0


def sweep(options: argparse.Namespace) -> int:
    """List what labs have left in AWS, and delete it once that is confirmed."""
    from helpers import exercises
    from helpers.backend import session
    from helpers.backend.choice import choose
    from helpers.cleanup import sweeping
    from helpers.errors import BackendError

    if choose().backend != "aws":
        raise BackendError("A sweep is for AWS: set LAB_BACKEND=aws, or use reset.")
    labs = {number: exercises.load(number).owns for number in options.lab or exercises.numbers()}
    clean = sweeping.run(session.on_aws(), labs, dry_run=options.dry_run, untagged=options.untagged)
    return 0 if clean or options.dry_run else 1


def share(options: argparse.Namespace) -> int:
    """Begin to share progress, stop it, or say whether it is shared."""
    from helpers.state.progress import Progress
    from helpers.state.sharing import Sharing

    sharing = Sharing()
    if options.stop:
        stopped = sharing.stop()
        print(f"What {stopped.name!r} had shared is taken back." if stopped else "Nothing was shared.")
        return 0
    shared = sharing.current()
    if options.name is not None:
        shared = sharing.start(options.name, _folder(options.room), Progress().everything())
    elif shared:
        sharing.tell(Progress().everything())  # says so if the room cannot be reached any more
    if shared is None:
        print("Nothing is shared.")
    else:
        print(f"Shared with {shared.room} as {shared.name!r}: this name, which exercises are solved, and when.")
    return 0


def room(options: argparse.Namespace) -> int:
    """Serve the room's page until it is interrupted."""
    from helpers.room import server

    folder = _folder(options.folder)
    server.prepare(folder)
    serving, address = server.make(folder, options.port)
    print(f"Who is where: {address}\nAttendees share with: python -m helpers share NAME --room {folder}")
    print("End it with Ctrl+C.", flush=True)
    with serving, contextlib.suppress(KeyboardInterrupt):
        serving.serve_forever()
    return 0


def _folder(given: Path | None) -> Path:
    named = given or os.environ.get("LAB_ROOM")
    if not named:
        raise LabError("Say which folder the room shares: as an argument, or as LAB_ROOM.")
    return Path(named).expanduser().absolute()


if __name__ == "__main__":
    sys.exit(main())
