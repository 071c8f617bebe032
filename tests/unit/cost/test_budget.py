"""The budget alarm: never created unasked, and required before labs create anything in AWS."""

import boto3
import pytest
from botocore.stub import Stubber

from helpers.cost import budget
from helpers.errors import ConfirmationError

pytestmark = pytest.mark.once

ACCOUNT = "123456789012"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"
FOUND = {"BudgetName": "mine", "TimeUnit": "MONTHLY", "BudgetType": "COST"}
NOTIFICATION = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}


class Account:
    """An account on AWS, with what AWS Budgets is expected to be asked."""

    account = ACCOUNT

    def __init__(self):
        self.api = boto3.client("budgets", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
        self.stub = Stubber(self.api)
        self.stub.activate()

    def client(self, service):
        return self.api

    def has(self, *budgets, notifications=()):
        self.stub.add_response("describe_budgets", {"Budgets": list(budgets)}, {"AccountId": ACCOUNT})
        for one in budgets:
            asked = {"AccountId": ACCOUNT, "BudgetName": one["BudgetName"]}
            self.stub.add_response("describe_notifications_for_budget", {"Notifications": list(notifications)}, asked)


@pytest.fixture
def account():
    made = Account()
    yield made
    made.stub.assert_no_pending_responses()


def unasked(prompt):
    pytest.fail("asked")


def test_a_budget_that_notifies_somebody_is_enough(account):
    account.has(FOUND, notifications=[NOTIFICATION])
    budget.require(account, {}, unasked)


@pytest.mark.parametrize("budgets", [[], [FOUND]])
@pytest.mark.parametrize(("whom", "kind"), [("ann@example.com", "EMAIL"), (TOPIC, "SNS")])
@pytest.mark.parametrize("typed", [True, False])
def test_one_is_created_for_whom_is_named(account, capsys, budgets, whom, kind, typed):
    account.has(*budgets)
    account.stub.add_response("create_budget", {}, budget.budget(ACCOUNT, whom))
    assert budget.budget(ACCOUNT, whom)["NotificationsWithSubscribers"][0]["Subscribers"][0]["SubscriptionType"] == kind
    budget.require(account, {} if typed else {"LAB_AWS_BUDGET": whom}, (lambda prompt: whom) if typed else unasked)
    assert f"tells {whom} at 80 % of 5 USD a month" in capsys.readouterr().out


@pytest.mark.parametrize("answer", ["", EOFError])
def test_nobody_to_say_so_is_a_sentence_and_no_budget(account, answer):
    def ask(prompt):
        if answer:
            raise answer
        return answer

    account.has()
    with pytest.raises(ConfirmationError, match="This account has no budget alarm: set LAB_AWS_BUDGET to your e-mail"):
        budget.require(account, {}, ask)


@pytest.mark.parametrize("answer", ["yes", "ann@", "arn:aws:sqs:us-east-1:123456789012:q", "a b@c.d"])
def test_what_is_no_address_creates_nothing(account, answer):
    account.has()
    with pytest.raises(ConfirmationError, match="neither an e-mail address nor a topic's ARN"):
        budget.require(account, {}, lambda prompt: answer)


def test_none_goes_on_without_one(account):
    budget.require(account, {"LAB_AWS_BUDGET": "none"}, unasked)
    account.has()
    budget.require(account, {}, lambda prompt: "none")


def test_a_refusal_of_aws_is_a_sentence(account):
    account.stub.add_client_error("describe_budgets", "AccessDeniedException", "No.")
    with pytest.raises(ConfirmationError, match=r"AWS Budgets refused \(AccessDeniedException: No.\): set LAB_AWS"):
        budget.require(account, {}, unasked)
