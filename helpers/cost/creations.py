"""What each lab creates in AWS, and about what that costs, for the page that is shown before a lab runs there.

The figures are those of a run of the lab with its solutions against our engine, from the engine's own log
(`make creations`, tests/tools/store_creations.py), in `creations.json`. Prices are those of `prices`.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.cost import prices
from helpers.cost.bill import money

FILE = Path(__file__).with_name("creations.json")
# What creates a resource, as a request to a service; the kinds are those of `cleanup.resource_types`.
KINDS = {
    "cloudformation.CreateStack": "stacks",
    "lambda.CreateEventSourceMapping": "event source mappings",
    "events.PutRule": "rules",
    "scheduler.CreateSchedule": "schedules",
    "sns.CreateTopic": "topics",
    "stepfunctions.CreateStateMachine": "state machines",
    "apigateway.CreateUsagePlan": "usage plans",
    "apigateway.CreateApiKey": "API keys",
    "apigateway.CreateRestApi": "REST APIs",
    "apigatewayv2.CreateApi": "HTTP APIs",
    "cloudwatch.PutMetricAlarm": "alarms",
    "cloudwatch.PutDashboard": "dashboards",
    "lambda.CreateFunction": "functions",
    "lambda.PublishLayerVersion": "layer versions",
    "lambda.CreateCodeSigningConfig": "code signing configurations",
    "iam.CreateUser": "users",
    "iam.CreateGroup": "groups",
    "iam.CreateRole": "roles",
    "iam.CreatePolicy": "policies",
    "logs.CreateLogGroup": "log groups",
    "s3.CreateBucket": "buckets",
    "sqs.CreateQueue": "queues",
    "dynamodb.CreateTable": "tables",
    "kinesis.CreateStream": "streams",
    "lambda.PutProvisionedConcurrencyConfig": "provisioned concurrencies",
}
# What is part of another resource, or a version of it.
PARTS = {
    "iam.CreateAccessKey",
    "iam.CreateLoginProfile",
    "iam.CreatePolicyVersion",
    "lambda.CreateAlias",
    "lambda.CreateFunctionUrlConfig",
    "cloudformation.CreateChangeSet",
    "logs.CreateLogStream",
    *(f"apigateway.Create{part}" for part in ("Authorizer", "Deployment", "Model", "RequestValidator")),
    *(f"apigateway.Create{part}" for part in ("Resource", "Stage", "UsagePlanKey")),
    *(f"apigatewayv2.Create{part}" for part in ("Authorizer", "Deployment", "Integration", "Route", "Stage")),
}
# What costs something for being there: USD a month each, without free tiers, as labs 09 and 10 have it (labs/FACTS.md:
# "Amazon CloudWatch Pricing", "Amazon Kinesis Data Streams pricing", 2026-11); and lab 08's provisioned concurrency, two
# times 128 MB.
STANDING = {
    "alarms": 0.10,
    "dashboards": 3.00,
    "streams": 0.015 * prices.HOURS,
    "provisioned concurrencies": 2 * 128 / 1024 * prices.SECONDS * prices.PROVISIONED["x86_64"].tiers[0].usd,
}
# At most this for each other request: that of a state transition of Step Functions, the dearest that labs make.
# "AWS Step Functions Pricing": $0.025 for 1,000.
OTHER_REQUEST = 0.025 / 1000


@dataclass(frozen=True)
class Creations:
    """What a lab creates, {"functions": 3}; how often functions run, and their GB-seconds; kB that they log; requests
    to other services; `code`: the digest of the lab that this is of.
    """

    creates: Mapping[str, int]
    invocations: int
    gb_seconds: float
    log_kb: float
    requests: int
    code: str

    @property
    def usd(self) -> float:
        """What a run costs: without free tiers, and with what stands for an hour."""
        parts = (
            self.invocations / 1e6 * prices.LAMBDA_REQUESTS.tiers[0].usd,
            self.gb_seconds * prices.LAMBDA_DURATION["x86_64"].tiers[0].usd,
            self.log_kb / 1024**2 * prices.LOGS.tiers[0].usd,
            self.requests * OTHER_REQUEST,
            self.usd_a_month / prices.HOURS,
        )
        return sum(parts)

    @property
    def usd_a_month(self) -> float:
        """What is left standing costs in a month, at most."""
        return sum(STANDING.get(kind, 0) * number for kind, number in self.creates.items())

    def lines(self, lab: str) -> Iterator[str]:
        """Say what the lab will create, and what that costs, for people."""
        things = ", ".join(f"{number} {_kind(kind, number)}" for kind, number in self.creates.items())
        yield f"Lab {lab} will create in AWS: {things}; and a log group for each function."
        yield (
            f"It calls functions {self.invocations:,} times and services {self.requests:,} times: about "
            f"{_up(self.usd)} USD if it is done within an hour, prices of us-east-1, {prices.CHECKED}, without tax."
        )
        if self.usd_a_month:
            kinds = " and ".join(kind for kind in self.creates if kind in STANDING)
            yield f"Left standing, its {kinds} cost up to {money(self.usd_a_month)} USD a month: reset it at the end."


@cache
def read() -> dict[str, Creations]:
    """Return {"01": Creations} of every lab."""
    return {lab: Creations(**figures) for lab, figures in json.loads(FILE.read_text(encoding="utf-8")).items()}


def announce(lab: str) -> None:
    """Print what a lab will create in AWS, and what that costs."""
    print(*read()[lab].lines(lab), sep="\n")


def digest(cells: list[str]) -> str:
    """Return what a lab's code is known by: it changes when a cell or a solution does."""
    return hashlib.sha256("\0".join(cells).encode()).hexdigest()[:16]


def _kind(kind: str, number: int) -> str:
    if number > 1:
        return kind
    return kind[:-3] + "y" if kind.endswith("ies") else kind.removesuffix("s")


def _up(usd: float) -> str:
    """An amount in whole cents, rounded up."""
    return f"{math.ceil(usd * 100) / 100:.2f}"
