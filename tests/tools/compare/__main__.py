"""The command: see the package."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from . import calls
from .members import differences


def main(arguments: list[str] | None = None) -> int:
    """Compare a recording with ours. Returns 1 if anything differs, 2 if a recording is none."""
    parser = argparse.ArgumentParser(prog="make compare")
    parser.add_argument("recording", type=Path)
    ours = parser.add_mutually_exclusive_group(required=True)
    ours.add_argument("--lab", help="the lab's number: it is run on an engine of its own")
    ours.add_argument("--with", dest="ours", type=Path, help="a recording of ours")
    options = parser.parse_args(arguments)
    try:
        theirs = calls.read(options.recording)
        with tempfile.TemporaryDirectory(prefix="lambda-labs-") as folder:
            found = list(report(theirs, calls.read(options.ours or recorded(options.lab, Path(folder)))))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(*found, f"{len(theirs)} calls of the recording, {len(found)} differences.", sep="\n")
    return int(bool(found))


def report(theirs: list[calls.Call], ours: list[calls.Call]) -> Iterator[str]:
    """Yield a line for each difference, with how often it came if more than once."""
    found: Counter[str] = Counter()
    for left, right in calls.aligned(theirs, ours):
        if left is None or right is None:
            found[f"{(left or right).name}: only {'in the recording' if left else 'here'}"] += 1
        elif left.status != right.status:
            found[f"{left.name}: status {left.status}, here {right.status}"] += 1
        else:
            found.update(f"{left.name}: {line}" for line in differences(left.response, right.response))
    yield from (line if times == 1 else f"{line} ({times} times)" for line, times in found.items())


def recorded(number: str, folder: Path) -> Path:
    """Run a lab with its solutions, as whoever sends a recording does, and return the recording."""
    tests = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(tests / "tools"), str(tests / "labs")]
    import notebooks

    from helpers.backend.recording import FILE
    from helpers.jupyter import working_copies

    lab = next((one for one in notebooks.LABS if one.stem.startswith(f"{number}_")), None)
    if lab is None:
        raise ValueError(f"There is no lab {number!r}.")
    with notebooks.backend(folder) as environ:
        working_copies.bring(my=folder / "my", home=folder)
        notebook = notebooks.solved(lab)
        environ = {**environ, "LAB_RECORD": str(folder / "record")}
        with notebooks.kernel(notebook, folder / "my" / lab.name, environ) as client:
            notebooks.run(client, notebook.cells)
    return folder / "record" / FILE


if __name__ == "__main__":
    sys.exit(main())
