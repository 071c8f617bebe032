"""LastModified in UTC, to the millisecond; LocalStack 4.9.2 writes six digits of local time.

"The date and time that the function was last updated, in ISO-8601 format (YYYY-MM-DDThh:mm:ss.sTZD)" (AWS Lambda API
Reference, "FunctionConfiguration", 2026-11); the examples that AWS delivers with botocore have three digits:
`2016-11-21T19:49:20.006+0000`. Layers, function URLs and provisioned concurrency get their times from the same place.
"""

from __future__ import annotations

from datetime import UTC, datetime

READ_FORMAT = "%Y-%m-%dT%H:%M:%S.%f%z"  # of a time that was written here: an event invoke configuration's


def format_lambda_date(date_to_format: datetime) -> str:
    """Replace `api_utils.format_lambda_date`: a time as Lambda writes it; one without a zone is local."""
    moment = date_to_format.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}+0000"
