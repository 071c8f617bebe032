"""Install everything: ``python3 helpers/setup/install.py``, which ``make setup`` runs.

Standard library only, and readable by any Python 3 down to the check of its version. Run again, it does what is left to
do: nothing within a second if all is there.
"""

import sys


def refusal(version: "tuple[int, int]") -> "str | None":
    """Return why this Python (major, minor) cannot be used, in a sentence; None if it can."""
    if (3, 11) <= version[:2] <= (3, 13):
        return None
    return (
        f"This is Python {version[0]}.{version[1]}, and the labs need 3.11, 3.12 or 3.13: install one of them (Debian, "
        "Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13) and run make again, or name it: "
        "make lab PYTHON=/path/to/python3."
    )


def main() -> int:
    """Run the set-up. Return the exit status: 0 done, 1 failed (a sentence says why), 130 interrupted."""
    sentence = refusal(sys.version_info[:2])
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 1
    from pathlib import Path

    sys.path[0] = str(Path(__file__).resolve().parents[2])  # not setup/, whose modules are not top-level ones
    from helpers.setup import run

    return run.main()


if __name__ == "__main__":
    sys.exit(main())
