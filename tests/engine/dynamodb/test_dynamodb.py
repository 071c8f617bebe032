"""DynamoDB keeps its promises when several requests come at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

AT_ONCE = 6


@pytest.fixture
def table(client):
    """A table with the key `id`; deleted after the test."""
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="counters",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield "counters"
    dynamodb.delete_table(TableName="counters")


def side_by_side(call, times: int) -> list:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(call, range(times)))


def test_add_gives_every_caller_a_number_of_its_own(client, table):
    dynamodb = client("dynamodb")
    key = {"id": {"S": "home"}}
    # moto copies the item at each update: a large one gives others the time to come between.
    dynamodb.put_item(TableName=table, Item={**key, "ballast": {"L": [{"N": str(n)} for n in range(3000)]}})

    def visit(_) -> int:
        answer = dynamodb.update_item(
            TableName=table,
            Key=key,
            UpdateExpression="ADD visits :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["visits"]["N"])

    assert sorted(side_by_side(visit, 30)) == list(range(1, 31))


def test_of_several_conditional_writes_one_succeeds(client, table):
    dynamodb = client("dynamodb")
    ballast = {"L": [{"N": str(n)} for n in range(3000)]}

    def claim(number: int) -> bool:
        try:
            dynamodb.put_item(
                TableName=table,
                Item={"id": {"S": f"order-{number // AT_ONCE}"}, "ballast": ballast},
                ConditionExpression="attribute_not_exists(id)",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    assert sum(side_by_side(claim, 8 * AT_ONCE)) == 8


def test_a_write_returns_what_was_asked_for(client, table):
    """Recorded on AWS by LocalStack 4.9.2's tests (stepfunctions/v2/services, test_base_integrations)."""
    dynamodb, key = client("dynamodb"), {"id": {"S": "one"}}
    change = {"AttributeUpdates": {"n": {"Value": {"N": "1"}, "Action": "PUT"}}}
    writes = {
        "update_item": {"TableName": table, "Key": key, **change},
        "delete_item": {"TableName": table, "Key": key},
        "batch_write_item": {"RequestItems": {table: [{"PutRequest": {"Item": key}}]}},
        "batch_get_item": {"RequestItems": {table: {"Keys": [key]}}},
    }
    for name, request in writes.items():
        answer = getattr(dynamodb, name)(**request)
        assert not {"ConsumedCapacity", "Attributes"} & set(answer), name
    old = dynamodb.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD", ReturnConsumedCapacity="TOTAL")
    assert (old["Attributes"], old["ConsumedCapacity"]["TableName"]) == (key, table)
