"""Queues as event sources: what a mapping is told to do, it does."""

import json

import pytest
from botocore.exceptions import ClientError
from event_source_kit import Mappings
from kit import eventually


@pytest.fixture(scope="module")
def shared(client):
    made = Mappings(client)
    yield made
    made.clean_up()


def send(mappings, url, *bodies, **options):
    for body in bodies:
        mappings.client("sqs").send_message(QueueUrl=url, MessageBody=body, **options)


def left(mappings, url) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    answer = mappings.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)
    return sum(int(number) for number in answer["Attributes"].values())


# Lambda Developer Guide, "Using event filtering with an Amazon SQS event source" (2026-11).
FILTERS = {
    "JSON is seen by its fields, and arrives as it was sent": (
        {"body": {"n": [{"numeric": [">", 1]}]}},
        ['{ "n":  1 }', '{ "n":  2, "s": "\\u00fc" }', "text"],
        ['{ "n":  2, "s": "\\u00fc" }'],
    ),
    "text is seen as text": ({"body": [{"prefix": "t"}]}, ['{"n": 1}', "text"], ["text"]),
    "fields that are not there are not in text": (
        {"body": {"k": [{"exists": False}]}},
        ["plain", '{"n": 1}'],
        ['{"n": 1}'],
    ),
    "attributes are seen beside any body": (
        {"messageAttributes": {"kind": {"stringValue": ["new"]}}},
        ["[1,  2]"],
        ["[1,  2]"],
    ),
}


@pytest.mark.parametrize(("pattern", "bodies", "given"), FILTERS.values(), ids=FILTERS)
def test_of_what_is_filtered(mappings, pattern, bodies, given):
    url, arn = mappings.queue()
    attributes = {"kind": {"DataType": "String", "StringValue": "new"}}
    send(mappings, url, *bodies, MessageAttributes=attributes)
    function, _ = mappings.map(arn, BatchSize=1, FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]})
    mappings.wait_for_batches(function, [[body] for body in given])
    assert eventually(lambda: left(mappings, url) == 0), "what no filter lets through is deleted"


def most_at_once(mappings, function) -> int:
    began = sorted(mappings.times(function, "GOT"))
    ended = sorted(mappings.times(function, "DONE"))
    return max(sum(b <= moment for b in began) - sum(e < moment for e in ended) for moment in began)


@pytest.mark.parametrize(("scaling", "most"), [({}, 5), ({"ScalingConfig": {"MaximumConcurrency": 2}}, 2)])
def test_so_many_batches_run_at_once(mappings, scaling, most):
    """Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings" (2026-11)."""
    url, arn = mappings.queue()
    send(mappings, url, *[f"sleep 1.5 {number}" for number in range(8)])
    function, _ = mappings.map(arn, BatchSize=1, **scaling)
    assert eventually(lambda: len(mappings.lines(function, "DONE")) == 8, 60)
    assert 1 < most_at_once(mappings, function) <= most


def test_only_what_failed_comes_back(mappings):
    """Lambda Developer Guide, "Handling errors for an SQS event source in Lambda" (2026-11)."""
    url, arn = mappings.queue(VisibilityTimeout="2")
    send(mappings, url, "a", "partly", "b")
    function = mappings.function(Timeout=2)
    mappings.map(
        arn, function, BatchSize=3, MaximumBatchingWindowInSeconds=1, FunctionResponseTypes=["ReportBatchItemFailures"]
    )
    assert eventually(lambda: ["partly"] in mappings.batches(function), 30)
    seen = [text for texts in mappings.batches(function) for text in texts]
    assert seen.count("a") == seen.count("b") == 1
    assert left(mappings, url) == 1


def test_a_group_keeps_its_order_while_another_goes_on(mappings):
    """SQS Developer Guide, "FIFO queue delivery logic"; Lambda: one batch of a message group at a time (2026-11)."""
    url, arn = mappings.queue(FifoQueue="true", ContentBasedDeduplication="true", VisibilityTimeout="10")
    send(mappings, url, "sleep 1 first", "second", "third", MessageGroupId="one")
    send(mappings, url, "other", MessageGroupId="two")
    function = mappings.function(Timeout=10)
    mappings.map(arn, function, BatchSize=1)
    assert eventually(lambda: len(mappings.lines(function, "DONE")) == 4, 30)
    one = [texts[0] for texts in mappings.lines(function, "DONE") if texts != ["other"]]
    assert one == ["sleep 1 first", "second", "third"]


def test_a_batch_is_gathered_until_its_window_ends_and_given_back_when_the_mapping_is_disabled(mappings, client):
    """`MaximumBatchingWindowInSeconds`: Lambda API Reference, "CreateEventSourceMapping" (2026-11)."""
    url, arn = mappings.queue()
    send(mappings, url, "a")
    role = mappings.make_role("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "logs:*")
    function, uuid_ = mappings.map(arn, mappings.function(role=role), BatchSize=10, MaximumBatchingWindowInSeconds=300)
    assert eventually(lambda: mappings.not_visible(url) == 1, 10), "the mapping has it"
    client("lambda").update_event_source_mapping(UUID=uuid_, Enabled=False)
    mappings.wait_for_state(uuid_, "Disabled")
    assert eventually(lambda: mappings.not_visible(url) == 0, 10)
    assert mappings.batches(function) == []


def test_a_mapping_is_live_and_gone_at_once(mappings, client):
    """States: Lambda API Reference, "EventSourceMappingConfiguration" (2026-11). No waiting lesson: a second or so."""
    lam = client("lambda")
    _, arn = mappings.queue()
    _, uuid_ = mappings.map(arn)
    mappings.wait_for_state(uuid_, "Enabled")
    lam.update_event_source_mapping(UUID=uuid_, MaximumBatchingWindowInSeconds=20, BatchSize=100)
    mappings.wait_for_state(uuid_, "Enabled")
    lam.delete_event_source_mapping(UUID=uuid_)
    assert eventually(lambda: not lam.list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"], 10)


# Messages: `refusals` of the engine.
REFUSALS = {
    "a queue that shows messages again too soon": (
        {"Timeout": 60},
        {},
        "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds",
    ),
    "a position, which is for streams": (
        {},
        {"StartingPosition": "LATEST"},
        "StartingPosition is not valid for SQS event sources.",
    ),
    "halves, which are for streams": (
        {},
        {"BisectBatchOnFunctionError": True},
        "Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.",
    ),
}


@pytest.mark.parametrize(("function", "mapping", "message"), REFUSALS.values(), ids=REFUSALS)
def test_a_mapping_of_a_queue_is_refused_for(shared, function, mapping, message):
    _, arn = shared.queue()
    with pytest.raises(ClientError) as caught:
        shared.map(arn, shared.function(**function), **mapping)
    assert caught.value.response["Error"]["Code"] == "InvalidParameterValueException"
    assert caught.value.response["Error"]["Message"] == message


def test_a_fifo_queue_has_no_window(mappings):
    _, arn = mappings.queue(FifoQueue="true")
    with pytest.raises(ClientError) as caught:
        mappings.map(arn, MaximumBatchingWindowInSeconds=1)
    assert caught.value.response["Error"]["Message"] == "Batching window is not supported for FIFO queues"


def test_a_visibility_timeout_below_the_functions_is_refused_in_a_change_too(mappings, client):
    _, arn = mappings.queue()
    function, uuid_ = mappings.map(arn)
    client("lambda").update_function_configuration(FunctionName=function, Timeout=31)
    with pytest.raises(ClientError) as caught:
        client("lambda").update_event_source_mapping(UUID=uuid_, BatchSize=5)
    assert "30 seconds is less than Function timeout: 31 seconds" in caught.value.response["Error"]["Message"]


def test_a_records_attributes_have_the_lists_that_sqs_keeps_empty(mappings):
    """LocalStack's snapshot `test_message_body_and_attributes_passed_correctly` (2024)."""
    url, arn = mappings.queue()
    send(mappings, url, "text", MessageAttributes={"Author": {"DataType": "String", "StringValue": "Grisham"}})
    source = """import json, time
def handler(event, context): print("GOT", json.dumps([event["Records"][0]["messageAttributes"], time.time()]))
"""
    function, _ = mappings.map(arn, mappings.function(source=source))
    author = {"stringValue": "Grisham", "stringListValues": [], "binaryListValues": [], "dataType": "String"}
    assert eventually(lambda: mappings.lines(function), 20) == [{"Author": author}]
