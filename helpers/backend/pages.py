"""All pages of an AWS operation that lists something."""

from typing import Any


def collect(api: Any, operation: str, key: str, **arguments: object) -> list[Any]:
    """Return all items under `key` in the pages of `operation`: collect(iam, "list_roles", "Roles").

    `api` is a boto3 client, `arguments` those of the operation. All pages are read before this returns, so that the
    items may be deleted. Raises: botocore.exceptions.ClientError for what AWS refuses.
    """
    return [item for page in api.get_paginator(operation).paginate(**arguments) for item in page.get(key, [])]
