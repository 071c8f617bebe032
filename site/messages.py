"""``make messages``: brings the translations in `locale/` up to date with the labs.

Every page's words go to `.lab/site/gettext/`, a .pot file a page. To begin a page in a language, copy its .pot into
`locale/de/LC_MESSAGES/` as .po, at the same path. What has changed in English is marked `fuzzy`, and shown in English
until somebody has looked at it. The number of a heading is written `5\\.`: a line that begins with `5.` is a list.
"""

import subprocess
import sys
from pathlib import Path

import build
import stage

from helpers.setup import paths
from helpers.setup.commands import SetupError

# Runs in the site's environment, which has Babel: Sphinx needs it.
MERGE = """
import io, pathlib, sys
from babel.messages import pofile
for path, template in zip(map(pathlib.Path, sys.argv[1::2]), map(pathlib.Path, sys.argv[2::2])):
    header, _, _ = path.read_bytes().partition(b"\\n\\n")  # Babel's own would have a place for everybody's address
    catalog = pofile.read_po(io.BytesIO(path.read_bytes()))
    catalog.update(pofile.read_po(io.BytesIO(template.read_bytes())))
    merged = io.BytesIO()
    pofile.write_po(merged, catalog, width=120, no_location=True, ignore_obsolete=True, omit_header=True)
    path.write_bytes(header + b"\\n\\n" + merged.getvalue().strip() + b"\\n")
"""


def main() -> int:
    """Extract and merge. Returns the exit status."""
    try:
        build.install()
        stage.stage(build.PLACE / "source", outputs=False)
    except (SetupError, stage.StageError) as error:
        print(error, file=sys.stderr)
        return 2
    if build.sphinx(build.PLACE, "en", "gettext"):
        return 1
    pairs = [part for file in stage.LOCALE.rglob("*.po") for part in (file, template(file)) if template(file).exists()]
    return subprocess.run([paths.python_in(build.ENVIRONMENT), "-c", MERGE, *pairs]).returncode


def template(file: Path) -> Path:
    """The .pot file of a translation."""
    found: Path = build.PLACE / "gettext" / Path(*file.relative_to(stage.LOCALE).parts[2:]).with_suffix(".pot")
    return found


if __name__ == "__main__":
    sys.exit(main())
