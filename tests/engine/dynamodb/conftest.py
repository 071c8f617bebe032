"""What tests of DynamoDB share: a table."""

import uuid

import pytest


@pytest.fixture
def make_table(client):
    """`make_table(kind)` makes a table whose key `id` is a text, or of another kind ("N"): its name; deleted after."""
    dynamodb, names = client("dynamodb"), []

    def make(kind="S"):
        names.append(f"t-{uuid.uuid4().hex[:8]}")
        dynamodb.create_table(
            TableName=names[-1],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": kind}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        return names[-1]

    yield make
    for name in names:
        dynamodb.delete_table(TableName=name)
