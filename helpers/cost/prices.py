"""AWS's prices of Lambda and of its front doors: us-east-1, in USD, without tax, as of November 2026.

Each constant names the AWS page that has it. Those pages insert most figures with a script, so that stored copies lack
them: Lambda's were compared with figures that others read from AWS's Price List API in August 2026, API Gateway's with
AWS's documentation, those of data transfer with what others published in 2026.
"""

from dataclasses import dataclass

CHECKED = "November 2026"
REST_OF_IT = float("inf")


@dataclass(frozen=True)
class Tier:
    """The next `size` units of a month cost `usd` each; `name` says which they are."""

    name: str
    size: float
    usd: float


@dataclass(frozen=True)
class Price:
    """A price by tiers, for each `unit`. `free`: units a month without charge, for good, on each bill.

    (A bill is that of an account, or of all accounts of an organization.)
    """

    unit: str
    tiers: tuple[Tier, ...]
    free: float = 0

    def split(self, quantity: float, *, free_tier: bool) -> list[tuple[Tier, float]]:
        """Return (tier, units in it) for `quantity` units in a month, those it reaches.

        Free units come off first; the tiers count the rest.
        """
        parts = []
        for tier in (Tier("free tier", self.free if free_tier else 0, 0.0), *self.tiers):
            units = min(quantity, tier.size)
            if units > 0:
                parts.append((tier, units))
            quantity -= units
        return parts


# "AWS Lambda Pricing" (aws.amazon.com/lambda/pricing), November 2026. The free tier does not expire, and is one for
# both architectures. The tiers: AWS Compute Blog, "Introducing tiered pricing for AWS Lambda", August 2022; they
# count each architecture by itself.
LAMBDA_REQUESTS = Price("million", (Tier("", REST_OF_IT, 0.20),), free=1)
LAMBDA_DURATION = {
    "x86_64": Price(
        "GB-s",
        (
            Tier("first 6 billion", 6e9, 0.0000166667),
            Tier("next 9 billion", 9e9, 0.000015),
            Tier("over 15 billion", REST_OF_IT, 0.0000133334),
        ),
        free=400_000,
    ),
    "arm64": Price(
        "GB-s",
        (
            Tier("first 7.5 billion", 7.5e9, 0.0000133334),
            Tier("next 11.25 billion", 11.25e9, 0.0000120001),
            Tier("over 18.75 billion", REST_OF_IT, 0.0000106667),
        ),
        free=400_000,
    ),
}
# Same page, "Lambda Ephemeral Storage Pricing": what is above 512 MB, for as long as the function runs.
LAMBDA_STORAGE = Price("GB-s", (Tier("", REST_OF_IT, 0.0000000309),))

# "Amazon API Gateway Pricing" (aws.amazon.com/api-gateway/pricing), and AWS Whitepaper "Best Practices for Designing
# Amazon API Gateway Private APIs", "Cost optimization", November 2026. New customers had a million calls a month free
# for twelve months; that is left out, since it ends.
API_REQUESTS = {
    "HTTP API": Price("million", (Tier("first 300 million", 300, 1.00), Tier("over 300 million", REST_OF_IT, 0.90))),
    "REST API": Price(
        "million",
        (
            Tier("first 333 million", 333, 3.50),
            Tier("next 667 million", 667, 2.80),
            Tier("next 19 billion", 19_000, 2.38),
            Tier("over 20 billion", REST_OF_IT, 1.51),
        ),
    ),
}
HTTP_API_KB = 512  # an HTTP API meters in steps of so many kB (same sources)

# "Amazon EC2 On-Demand Pricing", "Data Transfer", November 2026: out to the internet, for Lambda and API Gateway too.
# AWS News Blog, "AWS Free Tier Data Transfer Expansion", November 2021: 100 GB a month, for all services together.
TRANSFER = Price(
    "GB",
    (
        Tier("first 10 TB", 10 * 1024, 0.09),
        Tier("next 40 TB", 40 * 1024, 0.085),
        Tier("next 100 TB", 100 * 1024, 0.07),
        Tier("over 150 TB", REST_OF_IT, 0.05),
    ),
    free=100,
)
