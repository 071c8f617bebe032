"""Limits for YAML documents: 1 KB of aliases can stand for gigabytes.

Every level that repeats the one before ten times is a line of YAML, and nine of them were 10 GB in LocalStack 4.9.2,
which then answered nobody. CloudFormation takes no aliases at all ("CloudFormation template formats", 2026-11: "We
don't support … aliases"); API Gateway's imports may have them, up to what a definition may have otherwise.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import CommonServiceException
from localstack.services.cloudformation.engine.yaml_parser import NoDatesSafeLoader
from yaml.composer import Composer, ComposerError
from yaml.events import AliasEvent
from yaml.nodes import Node, ScalarNode

MOST = 6 * 1024 * 1024  # characters and nodes, aliases written out: what ImportRestApi accepts


def compose_node(original: Any, self: Composer, parent: Node | None, index: Any) -> Node | None:
    """Wrap `Composer.compose_node`: count each node's size with its aliases expanded."""
    sizes: dict[int, int] = self.__dict__.setdefault("lab_sizes", {})
    before = self.__dict__.setdefault("lab_size", 0)
    is_alias = self.check_event(AliasEvent)
    node = original(self, parent, index)
    if is_alias:
        self.lab_size += sizes.get(id(node), 1)
    else:
        self.lab_size += len(node.value) + 1 if isinstance(node, ScalarNode) else 1
        sizes[id(node)] = self.lab_size - before
    if self.lab_size > MOST:
        raise ComposerError(None, None, f"the document has more than {MOST} characters, aliases written out", None)
    return node


def compose_template_node(original: Any, self: NoDatesSafeLoader, parent: Node | None, index: Any) -> Node | None:
    """The same for CloudFormation templates: no aliases, and no deeper nesting than Python can parse."""
    if self.check_event(AliasEvent):
        raise invalid("YAML aliases are not allowed in CloudFormation templates")
    try:
        return original(self, parent, index)
    except RecursionError:
        raise invalid("the template is nested too deeply") from None


def invalid(reason: str) -> CommonServiceException:
    """Return CloudFormation's error for an invalid template."""
    return CommonServiceException("ValidationError", f"Template format error: {reason}", 400, True)
