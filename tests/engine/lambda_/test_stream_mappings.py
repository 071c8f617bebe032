"""Kinesis and DynamoDB streams as event sources: what a mapping is told to do, it does."""

import json
import time

import pytest
from botocore.exceptions import ClientError
from event_source_kit import Mappings
from kit import eventually

# Lambda Developer Guide, "Configuring error handling controls for Kinesis event source mappings" (2026-11); batches of
# one stream, in their order. A half takes none of the attempts, so `bad` alone has all of them.
BATCHES = {
    "a batch is retried as a whole": (
        {"MaximumRetryAttempts": 1},
        ["a", "bad"],
        [["a", "bad"], ["a", "bad"]],
    ),
    "a failing batch is cut in two before each retry": (
        {"MaximumRetryAttempts": 1, "BisectBatchOnFunctionError": True},
        ["a", "b", "bad", "c"],
        [["a", "b", "bad", "c"], ["a", "b"], ["bad", "c"], ["bad"], ["bad"], ["c"]],
    ),
    "without retries it is given up at once": ({"MaximumRetryAttempts": 0}, ["bad"], [["bad"]]),
    "a partial failure is retried from its record on": (
        {"MaximumRetryAttempts": 1, "FunctionResponseTypes": ["ReportBatchItemFailures"]},
        ["a", "partly", "b"],
        [["a", "partly", "b"], ["partly", "b"]],
    ),
    "a partial failure is none where the mapping does not ask for it": (
        {"MaximumRetryAttempts": 1},
        ["a", "partly", "b"],
        [["a", "partly", "b"]],
    ),
    "batches are as long as the mapping says": ({"BatchSize": 2}, ["a", "b", "c"], [["a", "b"], ["c"]]),
    "a filter sees data as JSON, and the function what was sent": (
        {"FilterCriteria": {"Filters": [{"Pattern": '{"data": {"n": [1]}}'}]}},
        ['{ "n":  1 }', '{"n": 2}', "text"],
        [['{ "n":  1 }']],
    ),
    "a filter for fields that are not there leaves text out": (
        {"FilterCriteria": {"Filters": [{"Pattern": '{"data": {"a": [{"exists": false}]}}'}]}},
        ['{"n": 1}', "text"],
        [['{"n": 1}']],
    ),
    "a filter sees the partition key": (
        {"FilterCriteria": {"Filters": [{"Pattern": '{"kinesis": {"partitionKey": ["other"]}}'}]}},
        ["a"],
        [],
    ),
}


@pytest.mark.parametrize(("mapping", "texts", "batches"), BATCHES.values(), ids=BATCHES)
def test_a_mapping_calls_its_function_with(mappings, mapping, texts, batches):
    stream, arn = mappings.stream()
    mappings.put(stream, *texts)
    function, _ = mappings.map(arn, MaximumBatchingWindowInSeconds=0, **{"BatchSize": 10, **mapping})
    mappings.wait_for_batches(function, batches)


def test_a_stream_goes_on_after_a_batch_that_was_given_up_and_a_queue_is_told(mappings):
    """The note: Lambda Developer Guide, "Retain discarded batch records", and LocalStack's snapshots (2024-10)."""
    table, arn = mappings.table()
    url, queue_arn = mappings.queue()
    for key in ("bad", "good"):
        mappings.client("dynamodb").put_item(TableName=table, Item={"id": {"S": key}})
    function, uuid_ = mappings.map(
        arn, BatchSize=1, MaximumRetryAttempts=1, DestinationConfig={"OnFailure": {"Destination": queue_arn}}
    )
    note = mappings.receive(url)
    assert note["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert note["requestContext"]["approximateInvokeCount"] == 2
    assert note["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }
    assert note["DDBStreamBatchInfo"]["batchSize"] == 1
    assert note["DDBStreamBatchInfo"]["streamArn"] == arn
    mappings.wait_for_batches(function, [["bad"], ["bad"], ["good"]])
    assert eventually(lambda: mappings.state(uuid_)["LastProcessingResult"] == "OK")


def test_a_bucket_gets_the_records_that_were_given_up(mappings, client):
    """Lambda Developer Guide, "Retain discarded batch records": key, and payload for S3 only (2026-11)."""
    stream, arn = mappings.stream()
    bucket = f"bucket-{stream}"
    s3 = client("s3")
    s3.create_bucket(Bucket=bucket)
    mappings.put(stream, "bad")
    _, uuid_ = mappings.map(
        arn, MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": f"arn:aws:s3:::{bucket}"}}
    )
    found = eventually(lambda: s3.list_objects_v2(Bucket=bucket).get("Contents"), 20)
    assert found[0]["Key"].startswith(f"aws/lambda/{uuid_}/shardId-000000000000/20")
    note = json.load(s3.get_object(Bucket=bucket, Key=found[0]["Key"])["Body"])
    assert [record["kinesis"]["partitionKey"] for record in note["payload"]["Records"]] == ["k"]
    s3.delete_object(Bucket=bucket, Key=found[0]["Key"])
    s3.delete_bucket(Bucket=bucket)


def test_a_changed_mapping_goes_on_where_it_was(mappings, client):
    """Lambda Developer Guide, "Event source mappings" (2026-11): a mapping keeps its place in the stream."""
    stream, arn = mappings.stream()
    mappings.put(stream, "a")
    function, uuid_ = mappings.map(arn)
    mappings.wait_for_batches(function, [["a"]])
    lam = client("lambda")
    lam.update_event_source_mapping(UUID=uuid_, Enabled=False)
    mappings.wait_for_state(uuid_, "Disabled")
    mappings.put(stream, "b")
    lam.update_event_source_mapping(UUID=uuid_, BatchSize=7)
    mappings.wait_for_state(uuid_, "Disabled")
    lam.update_event_source_mapping(UUID=uuid_, Enabled=True)
    mappings.wait_for_state(uuid_, "Enabled")
    mappings.wait_for_batches(function, [["a"], ["b"]])
    listed = lam.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    assert [(mapping["State"], mapping["BatchSize"]) for mapping in listed] == [("Enabled", 7)]


def test_records_of_other_keys_do_not_wait_for_a_slow_one(mappings):
    """`ParallelizationFactor`: Lambda Developer Guide, "Polling and batching streams" (2026-11)."""
    stream, arn = mappings.stream()
    for key in "abcdefgh":
        mappings.put(stream, f"sleep 2 {key}", f"then {key}", key=key)
    function, _ = mappings.map(arn, BatchSize=1, ParallelizationFactor=10)
    assert eventually(lambda: len(mappings.batches(function)) == 16, 60)
    begun = [texts[0] for texts in mappings.batches(function)]
    ended = [texts[0] for texts in mappings.lines(function, "DONE")]
    assert sum(text.startswith("sleep") for text in begun[:4]) > 1, "several at once"
    for key in "abcdefgh":
        assert ended.index(f"sleep 2 {key}") < ended.index(f"then {key}")


def test_shards_are_read_side_by_side_and_children_after_their_parent(mappings, client):
    """Lambda Developer Guide, "Polling and batching streams"; Kinesis Developer Guide, "Resharding" (2026-11)."""
    stream, arn = mappings.stream()
    mappings.put(stream, *"abc")
    client("kinesis").split_shard(
        StreamName=stream, ShardToSplit="shardId-000000000000", NewStartingHashKey=str(2**127)
    )
    mappings.put(stream, *"def")
    function, _ = mappings.map(arn, BatchSize=1)
    mappings.wait_for_batches(function, [[text] for text in "abcdef"])


def test_a_mapping_of_the_latest_records_leaves_out_older_ones_and_misses_none(mappings, client):
    """`LATEST`: what comes after the mapping says that it is enabled; of a consumer, and after a split, too."""
    stream, arn = mappings.stream()
    kinesis = client("kinesis")
    mappings.put(stream, "old")
    kinesis.split_shard(StreamName=stream, ShardToSplit="shardId-000000000000", NewStartingHashKey=str(2**127))
    mappings.put(stream, "old too")
    consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="c")["Consumer"]["ConsumerARN"]
    function, uuid_ = mappings.map(consumer, StartingPosition="LATEST")
    mappings.wait_for_state(uuid_, "Enabled")
    mappings.put(stream, "new")
    mappings.wait_for_batches(function, [["new"]])


def test_a_timestamp_is_where_a_mapping_begins(mappings):
    """`StartingPositionTimestamp`: Lambda API Reference, "CreateEventSourceMapping" (2026-11)."""
    stream, arn = mappings.stream()
    mappings.put(stream, "before")
    time.sleep(1.1)
    middle = time.time()
    time.sleep(1.1)
    mappings.put(stream, "after")
    function, _ = mappings.map(arn, StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=middle)
    mappings.wait_for_batches(function, [["after"]])


def test_a_window_carries_a_state_to_its_final_call(mappings):
    """Lambda Developer Guide, "Implementing stateful … processing in Lambda" (2026-11)."""
    stream, arn = mappings.stream()
    mappings.put(stream, "a")
    function, _ = mappings.map(arn, BatchSize=1, TumblingWindowInSeconds=4)
    mappings.put(stream, "b")
    assert eventually(lambda: any(extra["isFinalInvokeForWindow"] for _, extra in mappings.lines(function)), 20)
    seen, texts = mappings.lines(function), []
    for batch, extra in seen:
        assert extra["shardId"] == "shardId-000000000000" and extra["eventSourceARN"] == arn
        assert extra["isWindowTerminatedEarly"] is False
        assert extra["state"] == ({"texts": texts} if texts else {})
        texts = [] if extra["isFinalInvokeForWindow"] else texts + batch
        assert extra["isFinalInvokeForWindow"] == (batch == [])
    assert [batch for batch, _ in seen if batch] == [["a"], ["b"]]


def test_the_age_of_records_is_a_metric(mappings, client):
    """IteratorAge: Lambda Developer Guide, "Types of metrics for Lambda functions" (2026-11)."""
    stream, arn = mappings.stream()
    mappings.put(stream, "a")
    function, _ = mappings.map(arn)

    def statistics():
        return client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="IteratorAge",
            Dimensions=[{"Name": "FunctionName", "Value": function}],
            StartTime=time.time() - 600,
            EndTime=time.time() + 600,
            Period=3600,
            Statistics=["Maximum"],
            Unit="Milliseconds",
        )["Datapoints"]

    points = eventually(statistics, 20)
    assert 0 < points[0]["Maximum"] < 600_000


# Sources: `refusals` of the engine.
REFUSALS = {
    "more lanes than AWS has": (
        {"ParallelizationFactor": 11},
        "ValidationException",
        "1 validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy constraint: Member must "
        "have value less than or equal to 10",
    ),
    "a record age that is too short": (
        {"MaximumRecordAgeInSeconds": 30},
        "InvalidParameterValueException",
        "MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)",
    ),
    "a concurrency, which is for queues": (
        {"ScalingConfig": {"MaximumConcurrency": 2}},
        "InvalidParameterValueException",
        "Unsupported ScalingConfig parameter for given event source mapping type.",
    ),
    "a position without its time": (
        {"StartingPosition": "AT_TIMESTAMP"},
        "InvalidParameterValueException",
        "Need to specify a timestamp",
    ),
    "windows in several lanes": (
        {"TumblingWindowInSeconds": 5, "ParallelizationFactor": 2},
        "NotImplemented",
        "A tumbling window together with a ParallelizationFactor above 1 is not part of this engine.",
    ),
    "a function to be told of what was given up": (
        {"DestinationConfig": {"OnFailure": {"Destination": "arn:aws:lambda:us-east-1:000000000000:function:f"}}},
        "NotImplemented",
        "DestinationConfig.OnFailure.Destination of CreateEventSourceMapping (AWS Lambda) is not part of this engine: "
        "records that were given up go to queues, topics and buckets.",
    ),
}


@pytest.fixture(scope="module")
def shared(client):
    made = Mappings(client)
    yield made, made.function(), made.stream()[1]
    made.clean_up()


@pytest.mark.parametrize(("mapping", "code", "message"), REFUSALS.values(), ids=REFUSALS)
def test_a_mapping_of_a_stream_is_refused_for(shared, mapping, code, message):
    mappings, function, arn = shared
    with pytest.raises(ClientError) as caught:
        mappings.map(arn, function, **mapping)
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["Error"]["Message"] == message


@pytest.mark.parametrize("kind", ["stream", "table"])
def test_a_mapping_that_is_deleted_as_it_begins_is_gone(mappings, kind):
    _, arn = getattr(mappings, kind)()
    function = mappings.function()
    lam = mappings.client("lambda")
    for number in range(5):
        _, uuid_ = mappings.map(arn, function)
        time.sleep(0.01 * number)
        lam.delete_event_source_mapping(UUID=uuid_)
        gone = eventually(lambda: not lam.list_event_source_mappings(FunctionName=function)["EventSourceMappings"])
        assert gone, f"after {number} pauses"


def test_when_a_record_arrived_is_said_to_the_millisecond(mappings):
    """Lambda Developer Guide, "Using Lambda with Kinesis": 1545084650.987 (2026-11)."""
    stream, arn = mappings.stream()
    mappings.put(stream, "a")
    source = """import json, time
def handler(event, context):
    print("GOT", json.dumps([event["Records"][0]["kinesis"]["approximateArrivalTimestamp"], time.time()]))
"""
    function, _ = mappings.map(arn, mappings.function(source=source))
    (arrived,) = eventually(lambda: mappings.lines(function), 20)
    assert arrived == round(arrived, 3)
