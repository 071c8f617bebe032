"""Lambda's runtime identifiers as of November 2026: LocalStack 4.9.2 knows those of October 2025.

AWS Lambda Developer Guide, "Lambda runtimes" (2026-11). A deprecated runtime can be created until its "block function
create" date; refused here are those whose date had passed, for certain, by then.
"""

from __future__ import annotations

from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.services.lambda_ import runtimes

ADDED = ("nodejs24.x", "python3.14", "java25", "dotnet10")
RETIRED = frozenset(
    """
    nodejs nodejs4.3 nodejs4.3-edge nodejs6.10 nodejs8.10 nodejs10.x nodejs12.x nodejs14.x python2.7 python3.6
    python3.7 java8 dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1 dotnet5.0 go1.x ruby2.5 ruby2.7 provided
    """.split()  # noqa: SIM905 (a list of twenty quoted names reads worse)
)
IDENTIFIERS = [*ADDED, *(name for name in runtimes.ALL_RUNTIMES if name not in RETIRED)]
QUOTED = f"[{', '.join(IDENTIFIERS)}]"  # as AWS's error message has them
# What a layer may say that it is compatible with: functions' runtimes of any time, and a few names that never were one
# (snapshots of LocalStack's tests, 2025).
LAYER_IDENTIFIERS = [*IDENTIFIERS, *RETIRED, *runtimes.VALID_LAYER_RUNTIMES.strip("[]").split(", ")]


def refuse_retired(runtime: str | None) -> None:
    """Raise AWS's error for a retired runtime; LocalStack refuses others that do not exist."""
    if runtime in RETIRED:
        raise InvalidParameterValueException(
            f"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda "
            "functions. We recommend you use a supported runtime while creating or updating functions.",
            Type="User",
        )
