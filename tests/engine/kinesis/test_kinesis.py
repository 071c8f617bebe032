"""Kinesis: records and where reading begins, shards that are split, consumers, rights.

Sources: Kinesis API Reference, "GetShardIterator", "GetRecords", "SubscribeToShard", "RegisterStreamConsumer",
Developer Guide, "Resharding a stream", and Service Authorization Reference (2026-11).
"""

import time
import uuid

import pytest
from authorization_kit import ACCOUNT, allow, refused
from botocore.exceptions import ClientError

FIRST = "shardId-000000000000"


@pytest.fixture
def stream(client):
    kinesis, name = client("kinesis"), f"s-{uuid.uuid4().hex[:8]}"
    kinesis.create_stream(StreamName=name, ShardCount=1)
    yield name
    kinesis.delete_stream(StreamName=name, EnforceConsumerDeletion=True)


@pytest.fixture
def kinesis(client):
    return client("kinesis")


def arn(stream):
    return f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/{stream}"


def put(kinesis, stream, *texts, key="k"):
    entries = [{"Data": text.encode(), "PartitionKey": key} for text in texts]
    return [record["SequenceNumber"] for record in kinesis.put_records(StreamName=stream, Records=entries)["Records"]]


def read(kinesis, stream, shard=FIRST, **how):
    """All texts from an iterator on, and the iterator after them."""
    answer = kinesis.get_shard_iterator(StreamARN=arn(stream), ShardId=shard, **how)
    records = kinesis.get_records(ShardIterator=answer["ShardIterator"])
    return [record["Data"].decode() for record in records["Records"]], records.get("NextShardIterator")


def test_reading_begins_where_the_iterator_says(kinesis, stream):
    latest = kinesis.get_shard_iterator(StreamName=stream, ShardId=FIRST, ShardIteratorType="LATEST")["ShardIterator"]
    first, second = put(kinesis, stream, "a", "b")
    time.sleep(0.1)
    moment = time.time()
    put(kinesis, stream, "c")
    assert int(first) < int(second) and len(first) == 56
    table = {
        ("TRIM_HORIZON",): "abc",
        ("LATEST",): "",
        ("AT_SEQUENCE_NUMBER", "StartingSequenceNumber", second): "bc",
        ("AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber", second): "c",
        ("AT_TIMESTAMP", "Timestamp", moment): "c",
    }
    for (kind, *more), texts in table.items():
        found, _ = read(kinesis, stream, ShardIteratorType=kind, **dict([more] if more else []))
        assert found == list(texts), kind
    records = kinesis.get_records(ShardIterator=latest)["Records"]
    assert [record["Data"] for record in records] == [b"a", b"b", b"c"]


def test_without_a_number_of_shards_a_stream_is_on_demand_and_a_name_is_taken_once(kinesis):
    """Four shards: recorded on AWS by LocalStack's test_create_stream_without_shard_count (2022-08)."""
    name = f"s-{uuid.uuid4().hex[:8]}"
    kinesis.create_stream(StreamName=name)
    assert len(kinesis.list_shards(StreamName=name)["Shards"]) == 4
    with refused("ResourceInUseException", f"Stream {name} under account {ACCOUNT} already exists."):
        kinesis.create_stream(StreamName=name, ShardCount=1)
    kinesis.delete_stream(StreamName=name)


def test_a_stream_is_made_with_tags(kinesis):
    name = f"s-{uuid.uuid4().hex[:8]}"
    kinesis.create_stream(StreamName=name, ShardCount=1, Tags={"team": "shop"})
    assert kinesis.list_tags_for_stream(StreamName=name)["Tags"] == [{"Key": "team", "Value": "shop"}]
    kinesis.delete_stream(StreamName=name)


def test_a_split_shard_keeps_its_records_and_ends(kinesis, stream):
    put(kinesis, stream, "a")
    kinesis.split_shard(StreamName=stream, ShardToSplit=FIRST, NewStartingHashKey=str(2**127))
    put(kinesis, stream, "b")
    assert read(kinesis, stream, ShardIteratorType="TRIM_HORIZON") == (["a"], None)
    shards = kinesis.list_shards(StreamName=stream)["Shards"]
    assert [shard.get("ParentShardId") for shard in shards] == [None, FIRST, FIRST]
    assert shards[-1]["HashKeyRange"]["EndingHashKey"] == str(2**128 - 1)
    assert "EndingSequenceNumber" in shards[0]["SequenceNumberRange"]
    children = [read(kinesis, stream, shard["ShardId"], ShardIteratorType="TRIM_HORIZON")[0] for shard in shards[1:]]
    assert sorted(children) == [[], ["b"]]


def test_a_consumer_is_pushed_records_as_they_come(kinesis, stream):
    consumer = kinesis.register_stream_consumer(StreamARN=arn(stream), ConsumerName="c")["Consumer"]
    assert consumer["ConsumerARN"].rpartition(":")[0] == f"{arn(stream)}/consumer/c"
    with pytest.raises(ClientError, match="ResourceInUseException"):
        kinesis.register_stream_consumer(StreamARN=arn(stream), ConsumerName="c")
    put(kinesis, stream, "a")
    events = kinesis.subscribe_to_shard(
        ConsumerARN=consumer["ConsumerARN"], ShardId=FIRST, StartingPosition={"Type": "TRIM_HORIZON"}
    )["EventStream"]
    event = next(iter(events))["SubscribeToShardEvent"]
    assert [record["Data"] for record in event["Records"]] == [b"a"]
    assert event["ContinuationSequenceNumber"] == event["Records"][0]["SequenceNumber"]
    events.close()
    kinesis.register_stream_consumer(StreamARN=arn(stream), ConsumerName="d")
    kinesis.deregister_stream_consumer(StreamARN=arn(stream), ConsumerName="c")
    left = kinesis.list_stream_consumers(StreamARN=arn(stream))["Consumers"]
    assert [one["ConsumerName"] for one in left] == ["d"]


def test_a_policy_names_streams(actors, kinesis, stream):
    other = f"{stream}-other"
    kinesis.create_stream(StreamName=other, ShardCount=1)
    user = actors.user()
    user.put(allow(["kinesis:PutRecord", "kinesis:GetShardIterator", "kinesis:GetRecords"], arn(stream)))
    as_user = user.client("kinesis")
    as_user.put_record(StreamName=stream, Data=b"a", PartitionKey="k")
    assert read(as_user, stream, ShardIteratorType="TRIM_HORIZON")[0] == ["a"]
    iterator = kinesis.get_shard_iterator(StreamName=other, ShardId=FIRST, ShardIteratorType="LATEST")["ShardIterator"]
    for call in (
        lambda: as_user.put_record(StreamARN=arn(other), Data=b"a", PartitionKey="k"),
        lambda: as_user.get_records(ShardIterator=iterator),
    ):
        with refused("AccessDeniedException", f"on resource: {arn(other)}"):
            call()
    kinesis.delete_stream(StreamName=other)


def test_streams_are_listed_by_name_after_any_name(kinesis):
    """Kinesis API Reference, "ListStreams": 100 without a `Limit` (2026-11)."""
    names = [f"list-{letter}" for letter in "cabdefghijkl"]
    for name in names:
        kinesis.create_stream(StreamName=name, ShardCount=1)
    first = kinesis.list_streams(ExclusiveStartStreamName="list-", Limit=2)
    assert (first["StreamNames"], first["HasMoreStreams"]) == (["list-a", "list-b"], True)
    assert [summary["StreamName"] for summary in first["StreamSummaries"]] == ["list-a", "list-b"]
    assert kinesis.list_streams(NextToken=first["NextToken"], Limit=1)["StreamNames"] == ["list-c"]
    listed = kinesis.list_streams()["StreamNames"]
    assert sorted(names) == [name for name in listed if name in names] and listed == sorted(listed)
    for name in names:
        kinesis.delete_stream(StreamName=name)
