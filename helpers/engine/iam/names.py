"""Names of roles, users, groups and policies: letters, digits and a few signs (IAM User Guide, "IAM object quotas and
character limits", 2026-11). moto takes any.
"""

from __future__ import annotations

import re

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

NAME = re.compile(r"[\w+=,.@-]+", re.ASCII)
MEMBERS = ("RoleName", "UserName", "GroupName", "PolicyName")


def refuse_name(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before what makes them. Raises: ValidationError (400)."""
    for member in MEMBERS:
        value = (context.service_request or {}).get(member)
        if value is not None and not NAME.fullmatch(value):
            name = member[:1].lower() + member[1:]
            why = (
                f"The specified value for {name} is invalid. It must contain only alphanumeric characters and/or the "
                "following: +=,.@_-"
            )
            raise CommonServiceException("ValidationError", why, 400, True)
