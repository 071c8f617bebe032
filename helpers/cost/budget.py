"""A budget alarm before labs create anything in AWS: AWS Budgets writes to you when a month costs more than you want.

One that only notifies is free of charge, as lab 11 says (labs/FACTS.md). It is an alarm and no limit: "AWS updates
your budget status several times a day" (AWS Budgets API Reference, "Welcome", 2026-11), and what runs goes on.
"""

import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.errors import ConfirmationError, in_one_line

SETTING = "LAB_AWS_BUDGET"  # an e-mail address, the ARN of a topic, or "none"
NAME = "lambda-labs"
USD = "5"  # a month
HOW = f"set {SETTING} to your e-mail address (or an SNS topic's ARN) to have one, or to none to go on without"


def require(lab: Connection, environ: Mapping[str, str] = os.environ, ask: Callable[[str], str] | None = None) -> None:
    """Go on if the account has a budget that notifies somebody; else create the one that is asked for, or none.

    `ask`: as `input`. Raises: ConfirmationError if there is none, and nobody says what to do.
    """
    wanted = environ.get(SETTING, "").strip()
    if wanted == "none":
        return
    api = lab.client("budgets")
    try:
        if notifies(api, lab.account):
            return
        wanted = wanted or _answer(ask or input)
        if wanted == "none":
            return
        if not wanted:
            raise ConfirmationError(f"This account has no budget alarm: {HOW}.")
        api.create_budget(**budget(lab.account, wanted))
    except (ClientError, BotoCoreError) as error:
        raise ConfirmationError(f"AWS Budgets refused ({in_one_line(error)}): {HOW}.") from error
    print(f"The budget {NAME} tells {wanted} at 80 % of {USD} USD a month. It stays until you delete it.")


def notifies(api: Any, account: str) -> bool:
    """Tell whether the account has a budget with a notification."""
    for budget in pages.collect(api, "describe_budgets", "Budgets", AccountId=account):
        name = {"AccountId": account, "BudgetName": budget["BudgetName"]}
        if pages.collect(api, "describe_notifications_for_budget", "Notifications", **name):
            return True
    return False


def budget(account: str, whom: str) -> dict[str, Any]:
    """Return the parameters of CreateBudget. Raises: ConfirmationError if `whom` is no address and no topic's ARN."""
    if re.fullmatch(r"arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w.-]+", whom):
        subscriber = {"SubscriptionType": "SNS", "Address": whom}
    elif re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", whom):
        subscriber = {"SubscriptionType": "EMAIL", "Address": whom}
    else:
        raise ConfirmationError(f"{whom!r} is neither an e-mail address nor a topic's ARN: {HOW}.")
    at = {"ComparisonOperator": "GREATER_THAN", "ThresholdType": "PERCENTAGE"}
    return {
        "AccountId": account,
        "Budget": {
            "BudgetName": NAME,
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": USD, "Unit": "USD"},
        },
        "NotificationsWithSubscribers": [
            {"Notification": {"NotificationType": kind, "Threshold": percent, **at}, "Subscribers": [subscriber]}
            for kind, percent in (("ACTUAL", 80.0), ("FORECASTED", 100.0))
        ],
    }


def _answer(ask: Callable[[str], str]) -> str:
    try:
        return ask(
            f"This account has no budget alarm. It costs nothing, and warns, but stops nothing, at 80 % of {USD} USD "
            "a month. Type your e-mail address to create it, or none: "
        ).strip()
    except (EOFError, NotImplementedError, RuntimeError):  # no keyboard: nbclient, a pipe
        return ""
