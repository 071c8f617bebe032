"""What a working copy of a file of `labs/` holds, and how versions of it are told apart."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.state.home import read_json

NOT_COPIED = ("ruff.toml", "out.txt", "certificate.html")  # a setting of our linter's; what labs write


def shipped(labs: Path) -> Iterator[str]:
    """Yield the names of the files that are copied: notebooks, and what they read and link to."""
    for path in sorted(labs.rglob("*")):
        name = path.relative_to(labs)
        hidden = any(part.startswith((".", "__")) for part in name.parts)
        if path.is_file() and not hidden and name.name not in NOT_COPIED and name.suffix != ".zip":
            yield name.as_posix()


def copied(file: Path) -> bytes:
    """Return what the copy of a file holds. Raises: OSError; ValueError if it is a notebook that is not whole."""
    if file.suffix != ".ipynb":
        return file.read_bytes()
    notebook: Any = read_json(file)
    try:
        _to_work_in(notebook)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a notebook") from error
    # As Jupyter writes it, so that saving it changes nothing.
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False, separators=(",", ": "))
    return f"{text}\n".encode()


def fingerprint(content: bytes) -> str:
    """Return a hash of a file's content; of a notebook only of its cells, for JupyterLab adds Python's version."""
    try:
        content = json.dumps([_plain(cell) for cell in json.loads(content)["cells"]], sort_keys=True).encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass  # not a notebook, or not whole
    return hashlib.sha256(content).hexdigest()


def _to_work_in(notebook: dict[str, Any]) -> None:
    """Take the outputs out of a notebook, and let cells of exercises fail without stopping Run All."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
            tags = cell["metadata"].get("tags", [])
            if any(tag.startswith("exercise-") for tag in tags) and "raises-exception" not in tags:
                tags.append("raises-exception")
    # JupyterLab writes it when it has started a kernel: where it is there already, opening a copy changes nothing.
    notebook["metadata"]["language_info"]["version"] = sys.version.split()[0]


def _plain(cell: dict[str, Any]) -> dict[str, Any]:
    """Return the cell with its source as one text: editors divide it differently."""
    return {**cell, "source": "".join(cell["source"])}
