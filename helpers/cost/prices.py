"""AWS's prices of Lambda and of what a function uses: us-east-1, in USD, without tax, as of November 2026.

Each names the AWS page that has it. Those pages insert most figures with a script, so that stored copies lack them:
they were compared with what others read from AWS's Price List API in September 2026 (AWSLambda, published 2026-09-19;
AmazonApiGateway, 2026-09-21; AmazonCloudWatch, 2026-09-22; AWSDataTransfer and AmazonEC2, 2026-09-16), those of a
REST API and of its cache with AWS's documentation and with what others published in 2026.
"""

from dataclasses import dataclass

from helpers.table import Table

CHECKED = "November 2026"
REST_OF_IT = float("inf")
HOURS = 730  # in a month, as AWS's own calculator counts: 8,760 a year in twelve parts
SECONDS = HOURS * 3600


@dataclass(frozen=True)
class Tier:
    """The next `size` units of a month cost `usd` each; `name` says which they are."""

    name: str
    size: float
    usd: float


@dataclass(frozen=True)
class Price:
    """A price by tiers, for each `unit`, from the AWS page of the title `page`.

    `free`: units a month without charge, for good, on each bill. (A bill is that of an account, or of all accounts of
    an organization.)
    """

    unit: str
    tiers: tuple[Tier, ...]
    page: str
    free: float = 0

    def split(self, quantity: float, *, free_tier: bool, before: float = 0) -> list[tuple[Tier, float]]:
        """Return (tier, units in it) for `quantity` units in a month, those it reaches.

        Free units come off first; the tiers count the rest. `before`: units of the month that another line has.
        """
        parts = []
        for tier in (Tier("free tier", self.free if free_tier else 0, 0.0), *self.tiers):
            taken = min(before, tier.size)
            units = min(quantity, tier.size - taken)
            if units > 0:
                parts.append((tier, units))
            before -= taken
            quantity -= units
        return parts


def flat(unit: str, usd: float, page: str, free: float = 0) -> Price:
    """Return a price that is the same for every unit."""
    return Price(unit, (Tier("", REST_OF_IT, usd),), page, free)


# The free tier does not expire, and is one for both architectures. The tiers: AWS Compute Blog, "Introducing tiered
# pricing for AWS Lambda", August 2022; they count each architecture by itself.
LAMBDA = "AWS Lambda Pricing"  # aws.amazon.com/lambda/pricing
LAMBDA_REQUESTS = flat("million", 0.20, LAMBDA, free=1)
LAMBDA_DURATION = {
    "x86_64": Price(
        "GB-s",
        (
            Tier("first 6 billion", 6e9, 0.0000166667),
            Tier("next 9 billion", 9e9, 0.000015),
            Tier("over 15 billion", REST_OF_IT, 0.0000133334),
        ),
        LAMBDA,
        free=400_000,
    ),
    "arm64": Price(
        "GB-s",
        (
            Tier("first 7.5 billion", 7.5e9, 0.0000133334),
            Tier("next 11.25 billion", 11.25e9, 0.0000120001),
            Tier("over 18.75 billion", REST_OF_IT, 0.0000106667),
        ),
        LAMBDA,
        free=400_000,
    ),
}
# "Lambda Ephemeral Storage Pricing": what is above 512 MB, for as long as the function runs.
LAMBDA_STORAGE = flat("GB-s", 0.0000000309, LAMBDA)
# "Provisioned Concurrency Pricing": for being there, and less for running; no GB-s of it are free.
PROVISIONED = {"x86_64": flat("GB-s", 0.0000041667, LAMBDA), "arm64": flat("GB-s", 0.0000033334, LAMBDA)}
PROVISIONED_DURATION = {"x86_64": flat("GB-s", 0.0000097222, LAMBDA), "arm64": flat("GB-s", 0.0000077778, LAMBDA)}
# "SnapStart Pricing", for Python and .NET; with Java's managed runtimes it costs nothing. At least 3 hours a version.
SNAPSHOT_CACHE = flat("GB-s", 0.0000015046, LAMBDA)
SNAPSHOT_RESTORES = flat("GB", 0.0001397998, LAMBDA)

# And AWS Whitepaper "Best Practices for Designing Amazon API Gateway Private APIs", "Cost optimization". Customers from
# before July 2025 had a million calls a month free for twelve months; that is left out, since it ends.
GATEWAY = "Amazon API Gateway Pricing"  # aws.amazon.com/api-gateway/pricing
API_REQUESTS = {
    "HTTP API": Price(
        "million", (Tier("first 300 million", 300, 1.00), Tier("over 300 million", REST_OF_IT, 0.90)), GATEWAY
    ),
    "REST API": Price(
        "million",
        (
            Tier("first 333 million", 333, 3.50),
            Tier("next 667 million", 667, 2.80),
            Tier("next 19 billion", 19_000, 2.38),
            Tier("over 20 billion", REST_OF_IT, 1.51),
        ),
        GATEWAY,
    ),
}
HTTP_API_KB = 512  # an HTTP API meters in steps of so many kB (same sources)
# The cache of a REST API's stage: size in GB -> USD an hour, whether it is used or not.
API_CACHE = {0.5: 0.02, 1.6: 0.038, 6.1: 0.20, 13.5: 0.25, 28.4: 0.50, 58.2: 1.00, 118: 1.90, 237: 3.80}

# Ingestion of Lambda's logs, log class Standard. AWS Compute Blog, "AWS Lambda introduces tiered pricing for Amazon
# CloudWatch logs and additional logging destinations", May 2025. A free 5 GB a month is left out: whether it covers
# Lambda's logs, which are vended logs since, those sources do not say.
LOGS = Price(
    "GB",
    (
        Tier("first 10 TB", 10 * 1024, 0.50),
        Tier("next 20 TB", 20 * 1024, 0.25),
        Tier("next 20 TB", 20 * 1024, 0.10),
        Tier("over 50 TB", REST_OF_IT, 0.05),
    ),
    "Amazon CloudWatch Pricing",  # aws.amazon.com/cloudwatch/pricing
)

# "Data Transfer": out to the internet, for Lambda and API Gateway too. AWS News Blog, "AWS Free Tier Data Transfer
# Expansion", November 2021: 100 GB a month, for all services together.
EC2 = "Amazon EC2 On-Demand Pricing"  # aws.amazon.com/ec2/pricing/on-demand
TRANSFER = Price(
    "GB",
    (
        Tier("first 10 TB", 10 * 1024, 0.09),
        Tier("next 40 TB", 40 * 1024, 0.085),
        Tier("next 100 TB", 100 * 1024, 0.07),
        Tier("over 150 TB", REST_OF_IT, 0.05),
    ),
    EC2,
    free=100,
)

# What a server takes that is always on, by the hour.
SERVER = flat("hour", 0.0168, EC2)  # t4g.small with Linux: 2 vCPUs, of which it may use a fifth for good, and 2 GB
PUBLIC_ADDRESS = flat("hour", 0.005, "Amazon VPC Pricing")  # aws.amazon.com/vpc/pricing; each IPv4 address
LOAD_BALANCER = flat("hour", 0.0225, "Elastic Load Balancing Pricing")  # an Application Load Balancer, idle

EVERY = {
    "Lambda, requests": LAMBDA_REQUESTS,
    **{f"Lambda, duration on {one}": price for one, price in LAMBDA_DURATION.items()},
    "Lambda, /tmp above 512 MB": LAMBDA_STORAGE,
    **{f"provisioned concurrency, {one}": price for one, price in PROVISIONED.items()},
    **{f"running in it, {one}": price for one, price in PROVISIONED_DURATION.items()},
    "SnapStart, cache": SNAPSHOT_CACHE,
    "SnapStart, restores": SNAPSHOT_RESTORES,
    **{f"{door}, requests": price for door, price in API_REQUESTS.items()},
    "REST API, cache of 0.5 GB": flat("hour", API_CACHE[0.5], GATEWAY),
    "logs of functions, ingested": LOGS,
    "transfer to the internet": TRANSFER,
    "server t4g.small": SERVER,
    "public IPv4 address": PUBLIC_ADDRESS,
    "load balancer": LOAD_BALANCER,
}


def table() -> Table:
    """Return every price, its first tier, what is free of it each month, and AWS's page, as a table."""
    rows = [
        (what, exact(price.tiers[0].usd), price.unit, f"{price.free:,g}" if price.free else "", price.page)
        for what, price in EVERY.items()
    ]
    return Table(("what", "USD", "for each", "free a month", "AWS's page that has it"), rows)


def exact(usd: float) -> str:
    """Return a price with all its digits, two at least."""
    whole, _, digits = f"{usd:.10f}".partition(".")
    return f"{whole}.{digits.rstrip('0').ljust(2, '0')}"
