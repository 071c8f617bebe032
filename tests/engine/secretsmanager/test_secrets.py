"""What Secrets Manager refuses (API Reference, "DeleteSecret", 2026-11)."""

import uuid

import pytest
from kit import refusal


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"RecoveryWindowInDays": 3}, "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."),
        ({"RecoveryWindowInDays": 31}, "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."),
        ({"RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": True},
         "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."),
    ],
)  # fmt: skip
def test_a_secret_is_recoverable_for_a_week_or_more(client, options, why):
    secrets, name = client("secretsmanager"), f"s-{uuid.uuid4().hex[:8]}"
    secrets.create_secret(Name=name, SecretString="s")
    assert refusal(secrets.delete_secret, SecretId=name, **options) == ("InvalidParameterException", why)
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
