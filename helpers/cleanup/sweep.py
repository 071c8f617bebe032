"""The sweep: what labs have left in an AWS account, found by tag and by name, and deleted.

An account of AWS may hold a `HelloWorld` that is the learner's own. So what could have a lab's tag and has none is
found, but not deleted unless that is asked for; what can have none is known by its name. What belongs to a stack of a
lab goes with it, and logs and event source mappings go with their function.
"""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpers.backend import pages
from helpers.cleanup import tagged
from helpers.cleanup.owns import BASIC_ROLE, Owns, basic_role_is_used, owned
from helpers.cleanup.resource_types import RESOURCE_TYPES
from helpers.errors import LabError, in_one_line

REFUSALS = (ClientError, BotoCoreError, LabError)
TAGGED, BY_NAME, NOT_TAGGED = "tagged", "by its name", "not tagged"
BEFORE_OTHERS = ("stacks", "functions")  # what else is a lab's follows from these
LOGS = "/aws/lambda/"


@dataclass(frozen=True)
class Item:
    """A resource, and why it is taken for a lab's: TAGGED, BY_NAME, NOT_TAGGED, or "part of lab12-shop"."""

    kind: str
    name: str
    lab: str
    why: str
    resource: Any = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.kind.replace('_', ' ')}: {self.name} (lab {self.lab}, {self.why})"


@dataclass(frozen=True)
class Found:
    """Items in the order of deletion, ARNs of what is tagged and of no type that labs make, and what AWS refused."""

    items: list[Item]
    unknown: list[str]
    refused: list[str]

    @property
    def ours(self) -> list[Item]:
        """What labs have made."""
        return [item for item in self.items if item.why != NOT_TAGGED]

    @property
    def perhaps_not(self) -> list[Item]:
        """What is named as labs name things, and lacks the tag that it could have."""
        return [item for item in self.items if item.why == NOT_TAGGED]


def find(client: Callable[[str], Any], labs: Mapping[str, Owns]) -> Found:
    """Find what is left of these labs, {number: what it owns}, in the session's region; nothing is deleted."""
    return _Search(client, labs).found()


class _Search:
    def __init__(self, client: Callable[[str], Any], labs: Mapping[str, Owns]):
        self.client, self.labs = client, labs
        self.refused: list[str] = []
        self.tags: dict[tuple[str, str], str] = {}
        self.parts: dict[str, str] = {}  # of stacks: the physical id, and which stack's it is
        self.theirs: set[str] = set()  # functions that perhaps are the learner's own

    def found(self) -> Found:
        self.tags, unknown = tagged.keyed(self._trying("tags", lambda: tagged.arns(self.client, list(self.labs)), {}))
        items = {kind: self._items(kind) for kind in BEFORE_OTHERS}
        items |= {kind: self._items(kind) for kind in RESOURCE_TYPES if kind not in items}
        return Found([item for kind in RESOURCE_TYPES for item in items[kind]], unknown, self.refused)

    def _items(self, kind: str) -> list[Item]:
        api = self.client(RESOURCE_TYPES[kind].service)
        listed = self._trying(kind, lambda: list(RESOURCE_TYPES[kind].named(api)), [])
        items = [item for name, resource in listed if (item := self._item(api, kind, name, resource))]
        for item in items:
            if kind == "functions" and item.why == NOT_TAGGED:
                self.theirs.add(item.name)
            if kind == "stacks" and item.why == TAGGED:
                ask = functools.partial(_parts, api, item.name)
                self.parts |= dict.fromkeys(self._trying(str(item), ask, []), item.name)
        return items

    def _item(self, api: Any, kind: str, name: str, resource: Any) -> Item | None:
        """The item that a resource is, None if it has nothing to do with these labs."""
        lab = self._tag(api, kind, name, resource)
        if lab is not None:
            return Item(kind, name, lab, TAGGED, resource) if lab in self.labs or name == BASIC_ROLE else None
        named = next((number for number, owns in self.labs.items() if owned(name, owns.patterns(kind))), None)
        return None if named is None else Item(kind, name, named, self._without_tag(kind, name, resource), resource)

    def _tag(self, api: Any, kind: str, name: str, resource: Any) -> str | None:
        """The lab that a resource's tag names."""
        if kind not in tagged.OF_IAM:
            return self.tags.get((kind, tagged.key(kind, name, resource)))
        if resource.get("Path", "/").startswith("/aws-"):  # AWS's own, and there may be many
            return None
        lab: str | None = self._trying(f"{kind}: {name}", lambda: tagged.lab_in_iam(api, kind, resource), None)
        return lab

    def _without_tag(self, kind: str, name: str, resource: Any) -> str:
        """Why something is taken for a lab's that has the name, but not the tag, of one."""
        if stack := self.parts.get(name) or self.parts.get(tagged.key(kind, name, resource)):
            return f"part of {stack}"
        if kind == "event_source_mappings" or name.startswith(LOGS):
            return NOT_TAGGED if name.removeprefix(LOGS) in self.theirs else BY_NAME
        return BY_NAME if kind in tagged.BY_NAME else NOT_TAGGED

    def _trying(self, what: str, ask: Callable[[], Any], otherwise: Any) -> Any:
        """Return what AWS answers; if it refuses, note that and return `otherwise`."""
        try:
            return ask()
        except REFUSALS as error:
            self.refused.append(f"{what}: {in_one_line(error)}")
            return otherwise


def delete(client: Callable[[str], Any], items: list[Item], say: Callable[[str], object] = print) -> list[str]:
    """Delete items, saying each in a line, and return what was refused, in a line each.

    What is refused is tried once more at the end: what used it may have gone since.
    """
    refused = [item for item in items if _refusal(client, item, say)]
    return [refusal for item in refused if (refusal := _refusal(client, item, say))]


def _refusal(client: Callable[[str], Any], item: Item, say: Callable[[str], object]) -> str:
    """Delete an item; return "", or in a line why that was refused."""
    kind = RESOURCE_TYPES[item.kind]
    try:
        if item.name == BASIC_ROLE and basic_role_is_used(client):
            return f"{item}: functions still use it"
        kind.delete(client(kind.service), item.resource)
    except REFUSALS as error:
        if re.search("NotFound|NoSuch|NonExistent|DoesNotExist", in_one_line(error)):
            say(f"Gone:    {item}")
            return ""
        return f"{item}: {in_one_line(error)}"
    say(f"Deleted: {item}")
    return ""


def _parts(api: Any, stack: str) -> list[str]:
    """What a stack has, by names, ids and ARNs: a physical id is one of these, or a URL with a name at its end."""
    parts = pages.collect(api, "list_stack_resources", "StackResourceSummaries", StackName=stack)
    ids = [part.get("PhysicalResourceId", "") for part in parts]
    return [way for one in ids for way in (one, one.rpartition("/")[2], re.sub("^arn:[^:]+:", "", one))]
