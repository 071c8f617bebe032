"""Pages of a list: a token is the number of items before a page."""

from __future__ import annotations

import re

from localstack.aws.api import CommonServiceException


def first(token: str | None, code: str = "InvalidNextToken") -> int:
    """The number of items before the page of a token; 0 without one. Raises: an error of that code."""
    if token and not re.fullmatch("[0-9]{1,9}", token):
        raise CommonServiceException(code, f"The value {token} for parameter NextToken is invalid.", 400, True)
    return int(token or 0)
