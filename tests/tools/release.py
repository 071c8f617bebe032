"""``make release VERSION=0.2.0``: checks that the repository says so, makes what is given out, and tags the commit.

The version is in ``pyproject.toml`` and ``CITATION.cff``, its notes are a section of ``CHANGELOG.md``; whoever releases
has written and committed them. The tag comes last, with the notes as its text, and is pushed by hand.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(version: str) -> int:
    """Release HEAD as this version. Return the exit status: 0 done, 1 not (a sentence says why)."""
    if wrong := refusal(version, ROOT):
        print(wrong, file=sys.stderr)
        return 1
    commands = [["make", "bundle"]]
    if subprocess.run(["docker", "version"], capture_output=True).returncode == 0:
        commands.append(["docker", "build", "--tag", f"lambda-labs:{version}", "."])
    else:
        print("No Docker answers here, so no image is built.")
    text = f"{version}\n\n{notes(version, ROOT)}"
    commands.append(["git", "tag", "--annotate", "--cleanup=verbatim", f"--message={text}", f"v{version}"])
    for command in commands:
        if subprocess.run(command, cwd=ROOT).returncode:
            print(
                f"{' '.join(command[:2])} has failed, so nothing is tagged: mend it and release again.", file=sys.stderr
            )
            return 1
    print(f"{version} is tagged. Look at dist/, then: git push origin v{version}")
    return 0


def refusal(version: str, root: Path) -> str | None:
    """Return why HEAD cannot be released as this version, in a sentence; None if it can."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return f"VERSION={version} is not a version: give one such as VERSION=0.2.0."
    if git(root, "status", "--porcelain"):
        return "What is released is what is committed, and there are changes here: commit or stash them first."
    if git(root, "tag", "--list", f"v{version}"):
        return f"There is a tag v{version}: choose the next version."
    says = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    cited = re.search(r"^version: (.*)$", (root / "CITATION.cff").read_text(), re.MULTILINE)
    if says != version or cited is None or cited[1] != version:
        return f"pyproject.toml and CITATION.cff do not both say {version}: set it in both, and commit."
    if not notes(version, root):
        return f"CHANGELOG.md has no notes under a heading '## [{version}] - YYYY-MM-DD': make it of '[Unreleased]'."
    return None


def notes(version: str, root: Path) -> str:
    """Return what CHANGELOG.md says about this version, without the heading; "" if there is no such section."""
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n"
    found = re.search(rf"{heading}(.*?)(?=^## |\Z)", (root / "CHANGELOG.md").read_text(), re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def git(root: Path, *arguments: str) -> str:
    """Return what git prints."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(os.environ.get("VERSION", "")))
