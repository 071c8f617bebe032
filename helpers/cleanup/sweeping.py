"""`python -m helpers sweep`, and `lab.reset()` on AWS: list what labs have left there, ask, delete, say what stays."""

from collections.abc import Mapping, Sequence

from helpers.backend import aws
from helpers.backend.session import Session
from helpers.cleanup import sweep
from helpers.cleanup.owns import BASIC_ROLE, Owns

SHARED = "all"  # in place of a lab's number: of what all labs share


def run(session: Session, labs: Mapping[str, Owns], *, dry_run: bool = False, untagged: bool = False) -> bool:
    """Sweep the account of `session` for these labs. Returns whether nothing of theirs is left.

    `dry_run`: list only. `untagged`: delete what has a lab's name and not its tag, too.
    Raises: ConfirmationError if account and region are not confirmed.
    """
    found = sweep.find(session.client, {**labs, SHARED: Owns(roles=(BASIC_ROLE,))})
    items = found.items if untagged else found.ours
    print(f"Account {session.account}, region {session.region} (and IAM, which has no region):")
    _print("", items)
    if not untagged:
        _print(
            "Kept, as it lacks the tag and may be yours (python -m helpers sweep --untagged deletes it):",
            found.perhaps_not,
        )
    if items and not dry_run:
        aws.confirm(session.target, what=f"{len(items)} resources will be deleted.")
        refused = sweep.delete(session.client, items)
        _print("AWS refused to delete:", refused)
        items = []
    else:
        refused = []
    _print("AWS refused to list, so that there may be more:", found.refused)
    _print("Tagged, and of no type that labs make, so delete it yourself:", found.unknown)
    clean = not (items or refused or found.refused or found.unknown)
    if clean:
        print("Nothing of the labs is left.")
    return clean


def _print(head: str, lines: Sequence[object]) -> None:
    """Print a heading, and each of the lines; nothing if there is none."""
    if lines:
        print("\n".join([*filter(None, [head]), *(f"  {line}" for line in lines)]))
