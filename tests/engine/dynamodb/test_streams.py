"""What a table's stream holds, and what is said of a table."""

import time
import uuid

import pytest

KEY = {"id": {"S": "test"}}


@pytest.fixture
def dynamodb(client):
    return client("dynamodb")


@pytest.fixture
def table(dynamodb):
    """`table(view)` makes a table with a stream: (its name, the stream's ARN); deleted after the test."""
    names = []

    def make(view="NEW_AND_OLD_IMAGES", **more):
        names.append(f"t-{uuid.uuid4().hex[:8]}")
        made = dynamodb.create_table(
            **{
                "TableName": names[-1],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "BillingMode": "PAY_PER_REQUEST",
                "StreamSpecification": {"StreamEnabled": True, "StreamViewType": view},
                **more,
            }
        )["TableDescription"]
        return names[-1], made["LatestStreamArn"]

    yield make
    for name in names:
        dynamodb.delete_table(TableName=name)


def records(client, arn):
    streams = client("dynamodbstreams")
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]


# DynamoDB API Reference, "StreamRecord", and Developer Guide, "Change data capture for DynamoDB Streams" (2026-11).
VIEWS = {
    "NEW_AND_OLD_IMAGES": [("INSERT", ["NewImage"]), ("MODIFY", ["NewImage", "OldImage"]), ("REMOVE", ["OldImage"])],
    "NEW_IMAGE": [("INSERT", ["NewImage"]), ("MODIFY", ["NewImage"]), ("REMOVE", [])],
    "OLD_IMAGE": [("INSERT", []), ("MODIFY", ["OldImage"]), ("REMOVE", ["OldImage"])],
    "KEYS_ONLY": [("INSERT", []), ("MODIFY", []), ("REMOVE", [])],
}


@pytest.mark.parametrize(("view", "expected"), VIEWS.items(), ids=VIEWS)
def test_a_record_has_the_images_of_its_view_and_event(client, dynamodb, table, view, expected):
    name, arn = table(view)
    update = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "2"}}}
    dynamodb.update_item(TableName=name, Key=KEY, **update)  # creates it
    dynamodb.update_item(TableName=name, Key=KEY, **update)  # changes nothing
    dynamodb.put_item(TableName=name, Item={**KEY, "n": {"N": "2"}})  # nor does this
    dynamodb.put_item(TableName=name, Item={**KEY, "n": {"N": "3"}})
    dynamodb.delete_item(TableName=name, Key=KEY)
    dynamodb.delete_item(TableName=name, Key=KEY)  # is not there
    found = records(client, arn)
    images = [
        (record["eventName"], sorted(part for part in record["dynamodb"] if part.endswith("Image"))) for record in found
    ]
    assert images == expected
    assert all(record["dynamodb"]["Keys"] == KEY for record in found)
    assert all(record["dynamodb"]["StreamViewType"] == view for record in found)


def test_a_record_says_its_size_time_number_and_version(client, dynamodb, table):
    """12 bytes: recorded on AWS by LocalStack's test_enable_kinesis_streaming_destination (2024-01)."""
    name, arn = table()
    dynamodb.put_item(TableName=name, Item=KEY)
    (record,) = records(client, arn)
    change = record["dynamodb"]
    assert (record["eventVersion"], record["awsRegion"], change["SizeBytes"]) == ("1.1", "us-east-1", 12)
    assert abs(change["ApproximateCreationDateTime"].timestamp() - time.time()) < 60
    assert change["ApproximateCreationDateTime"].microsecond == 0
    assert change["SequenceNumber"].isdigit() and 21 <= len(change["SequenceNumber"]) <= 40


def test_binary_values_are_what_was_written(client, dynamodb, table):
    name, arn = table()
    item = {**KEY, "b": {"B": b"\0\xff"}, "s": {"BS": [b"1", b"2"]}, "m": {"M": {"l": {"L": [{"B": b"x"}]}}}}
    dynamodb.put_item(TableName=name, Item=item)
    assert records(client, arn)[0]["dynamodb"]["NewImage"] == item


def test_a_stream_is_whole_after_a_transaction_that_failed_and_gone_on_after_it_was_disabled(client, dynamodb, table):
    name, arn = table()
    streams = client("dynamodbstreams")
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="LATEST")["ShardIterator"]
    put = {"TableName": name, "Item": KEY}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": put},
                {"Put": {"TableName": name, "Item": {"id": {"S": "b"}}, "ConditionExpression": "attribute_exists(id)"}},
            ]
        )
    dynamodb.put_item(**put)
    assert [record["eventName"] for record in streams.get_records(ShardIterator=iterator)["Records"]] == ["INSERT"]
    dynamodb.update_table(TableName=name, StreamSpecification={"StreamEnabled": False})
    dynamodb.put_item(TableName=name, Item={**KEY, "n": {"N": "1"}})
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    assert description["StreamStatus"] == "DISABLED"
    assert len(records(client, arn)) == 1


def test_a_stream_that_is_not_there_is_said_to_be_missing(client, table):
    """Recorded on AWS by LocalStack's test_non_existent_stream (2024-11)."""
    arn = f"{table()[1].rpartition('/')[0]}/2024-11-18T14:36:44.149"
    streams = client("dynamodbstreams")
    with pytest.raises(streams.exceptions.ResourceNotFoundException) as caught:
        streams.describe_stream(StreamArn=arn)
    assert caught.value.response["Error"]["Message"] == f"Requested resource not found: Stream: {arn} not found"


def test_a_table_is_described_as_on_aws(dynamodb, table):
    """Recorded on AWS by LocalStack's test_gsi_with_billing_mode (2025-01) and test_table_v2_stream (2024-06)."""
    zero = {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    name, _ = table()
    plain = dynamodb.describe_table(TableName=name)["Table"]
    assert {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"} & set(plain) == set()
    assert plain["BillingModeSummary"].keys() == {"BillingMode", "LastUpdateToPayPerRequestDateTime"}
    assert plain["ProvisionedThroughput"] == zero and len(plain["TableId"]) == 36
    attributes = [{"AttributeName": one, "AttributeType": "S"} for one in ("id", "other")]
    index = {
        "IndexName": "by-other",
        "KeySchema": [{"AttributeName": "other", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
    }
    capacity = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    name, _ = table(
        AttributeDefinitions=attributes,
        GlobalSecondaryIndexes=[index],
        BillingMode="PROVISIONED",
        ProvisionedThroughput=capacity,
    )
    described = dynamodb.describe_table(TableName=name)["Table"]
    assert "BillingModeSummary" not in described and described["TableStatus"] == "ACTIVE"
    assert described["ProvisionedThroughput"] == {"NumberOfDecreasesToday": 0, **capacity}
    assert described["GlobalSecondaryIndexes"] == [
        {
            **index,
            "IndexArn": f"{described['TableArn']}/index/by-other",
            "IndexSizeBytes": 0,
            "IndexStatus": "ACTIVE",
            "ItemCount": 0,
            "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, **index["ProvisionedThroughput"]},
        }
    ]
    assert dynamodb.delete_table(TableName=name)["TableDescription"]["TableStatus"] == "DELETING"
    assert dynamodb.create_table(**{
        "TableName": name, "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": attributes[:1], "BillingMode": "PAY_PER_REQUEST",
    })["TableDescription"]["TableStatus"] == "CREATING"  # fmt: skip
