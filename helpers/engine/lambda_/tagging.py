"""Tags of code signing configurations, which LocalStack 4.9.2 drops, and refuses later; and what no tag may be.

"The resource's Amazon Resource Name (ARN)" may be that of a function, an event source mapping or a code signing
configuration (Lambda API Reference, "TagResource", 2026-11). LocalStack refuses too many of them when it has made what
they are for. "Up to 50 tags", keys of 128 and values of 256 characters, "letters, spaces, and numbers representable in
UTF-8, plus + - = . _ : / @", and no `aws:` in front (Developer Guide, "Using tags on Lambda functions", 2026-11). No
source has AWS's words, except for the number; these are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException, ResourceNotFoundException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.invocation.models import lambda_stores

OPERATIONS = "CreateFunction CreateEventSourceMapping CreateCodeSigningConfig TagResource"
MOST, KEY_CHARACTERS, VALUE_CHARACTERS = 50, 128, 256
ALLOWED = re.compile(r"[\w\s+\-=._:/@]*")


def refuse_tags(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations that store tags. Raises: InvalidParameterValueException for what is no tag."""
    tags: dict[str, str] = context.service_request.get("Tags") or {}
    for key, value in tags.items():
        if key.lower().startswith("aws:"):
            _refuse(f"The tag key {key} begins with aws:, which is reserved for AWS.")
        if not 1 <= len(key) <= KEY_CHARACTERS or len(value or "") > VALUE_CHARACTERS:
            _refuse(f"A tag's key has 1 to {KEY_CHARACTERS} characters, its value up to {VALUE_CHARACTERS}.")
        if not ALLOWED.fullmatch(key) or not ALLOWED.fullmatch(value or ""):
            _refuse("A tag has letters, digits, spaces and the characters + - = . _ : / @ only.")
    if len(tags) > MOST:
        _refuse("Number of tags exceeds resource tag limit.")


def _refuse(sentence: str) -> None:
    raise InvalidParameterValueException(sentence, Type="User")


def fetch_lambda_store_for_tagging(original: Callable[..., Any], self: Any, resource: str) -> Any:
    """Wrap `LambdaProvider.fetch_lambda_store_for_tagging`: the store of a code signing configuration, too."""
    parts = resource.split(":")
    if parts[5:6] != ["code-signing-config"] or len(parts) != 7:
        return original(self, resource)
    store = lambda_stores[parts[4]][parts[3]]
    if resource not in store.code_signing_configs:
        raise ResourceNotFoundException(
            f"The Lambda code signing configuration {resource} can not be found.", Type="User"
        )
    return store


def create_code_signing_config(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    allowed_publishers: Any,
    description: str | None = None,
    code_signing_policies: Any = None,
    tags: dict[str, str] | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Wrap `LambdaProvider.create_code_signing_config`: keep its tags."""
    answer: dict[str, Any] = original(self, context, allowed_publishers, description, code_signing_policies, **kwargs)
    if tags:
        self._store_tags(answer["CodeSigningConfig"]["CodeSigningConfigArn"], tags)
    return answer
