"""DynamoDB keeps its promises when several requests come at once, and says what is wrong with one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from kit import refusal

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


@pytest.fixture
def numbered(make_table):
    """A table whose key `id` is a number."""
    return make_table("N")


def test_a_number_is_one_number_however_it_is_written(client, numbered):
    """Developer Guide, "Data types", "Number" (2026-11): "Leading and trailing zeroes are trimmed"."""
    dynamodb = client("dynamodb")
    written = {"x": "1.10", "y": "007", "z": "1E3", "small": "1e-3", "zero": "-0.0"}
    item = {name: {"N": text} for name, text in written.items()}
    item |= {"set": {"NS": ["1.0", "2E1"]}, "list": {"L": [{"M": {"a": {"N": "+1.50"}}}]}}
    dynamodb.put_item(TableName=numbered, Item={"id": {"N": "1.0"}, **item})
    found = dynamodb.get_item(TableName=numbered, Key={"id": {"N": "01"}})["Item"]
    texts = {name: found[name]["N"] for name in written}
    assert texts == {"x": "1.1", "y": "7", "z": "1000", "small": "0.001", "zero": "0"}
    assert sorted(found["set"]["NS"]) == ["1", "20"]
    assert (found["id"], found["list"]) == ({"N": "1"}, {"L": [{"M": {"a": {"N": "1.5"}}}]})
    changed = dynamodb.update_item(
        TableName=numbered,
        Key={"id": {"N": "1.00"}},
        UpdateExpression="SET x = x - :x, y = y + :y",
        ConditionExpression="z = :z",
        ExpressionAttributeValues={":x": {"N": "0.8"}, ":y": {"N": "0.10"}, ":z": {"N": "1000.0"}},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]
    assert changed == {"x": {"N": "0.3"}, "y": {"N": "7.1"}}  # 1.1 - 0.8 is 0.30000000000000004 in binary


ITEM = {"id": {"N": "1"}}
NO_NAME = "An expression attribute name used in the document path is not defined; attribute name: #x"
NO_VALUE = "An expression attribute value used in expression is not defined; attribute value: :y"
TWICE = "One or more parameter values were invalid: Input collection [a, a] contains duplicates."


# The texts: tests that dynalite has run against AWS (2015 to 2023).
@pytest.mark.parametrize(
    ("operation", "request_", "why"),
    [
        ("update_item", {"Key": ITEM, "UpdateExpression": "SET #x = :y",
                         "ExpressionAttributeValues": {":y": {"N": "1"}}},
         f"Invalid UpdateExpression: {NO_NAME}"),
        ("update_item", {"Key": ITEM, "UpdateExpression": "SET x = :y"}, f"Invalid UpdateExpression: {NO_VALUE}"),
        ("put_item", {"Item": ITEM, "ConditionExpression": "#x = :y", "ExpressionAttributeValues": {":y": {"N": "1"}}},
         f"Invalid ConditionExpression: {NO_NAME}"),
        ("query", {"KeyConditionExpression": "id = :y"}, f"Invalid KeyConditionExpression: {NO_VALUE}"),
        ("scan", {"FilterExpression": "attribute_exists(#x)"}, f"Invalid FilterExpression: {NO_NAME}"),
        ("get_item", {"Key": ITEM, "ProjectionExpression": "a, #x"}, f"Invalid ProjectionExpression: {NO_NAME}"),
        ("put_item", {"Item": {**ITEM, "s": {"SS": ["a", "a"]}}}, TWICE),
        ("put_item", {"Item": {**ITEM, "s": {"L": [{"NS": ["1", "1.0"]}]}}}, "Input collection contains duplicates"),
        ("update_item", {"Key": ITEM, "UpdateExpression": "SET s = :s",
                         "ExpressionAttributeValues": {":s": {"SS": ["a", "a"]}}},
         f"ExpressionAttributeValues contains invalid value: {TWICE} for key :s"),
        ("put_item", {"Item": {"id": {"N": "one"}}}, "The parameter cannot be converted to a numeric value: one"),
        ("put_item", {"Item": {**ITEM, "n": {"N": "1E126"}}},
         "Number overflow. Attempting to store a number with magnitude larger than supported range"),
        ("put_item", {"Item": {**ITEM, "n": {"N": "1" * 39}}},
         "Attempting to store more than 38 significant digits in a Number"),
    ],
)  # fmt: skip
def test_what_names_nothing_or_is_no_value_is_refused(client, numbered, operation, request_, why):
    call = getattr(client("dynamodb"), operation)
    assert refusal(call, TableName=numbered, **request_) == ("ValidationException", why)


def test_a_transaction_is_looked_at_as_its_parts_are(client, numbered):
    check = {"TableName": numbered, "Key": ITEM, "ConditionExpression": "attribute_exists(#x)"}
    said = refusal(client("dynamodb").transact_write_items, TransactItems=[{"ConditionCheck": check}])
    assert said == ("ValidationException", f"Invalid ConditionExpression: {NO_NAME}")
    put = {"PutRequest": {"Item": {**ITEM, "s": {"SS": ["a", "a"]}}}}
    assert refusal(client("dynamodb").batch_write_item, RequestItems={numbered: [put]})[1] == TWICE
