"""DynamoDB streams as sources."""

from __future__ import annotations

import json
from typing import Any

from localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller import DynamoDBPoller
from localstack.utils.json import BytesEncoder

from .stream_pollers import Poller


class DynamoDB(Poller, DynamoDBPoller):
    """A poller of a DynamoDB stream."""

    def list_shards(self) -> list[dict[str, Any]]:
        """All shards."""
        return list(self.source_client.describe_stream(StreamArn=self.source_arn)["StreamDescription"]["Shards"])

    def start(self) -> dict[str, Any]:
        """At the mapping's starting position."""
        return {"ShardIteratorType": self.mapping["StartingPosition"]}

    def iterator(self, shard_id: str, **how: Any) -> str:
        """An iterator of a shard."""
        answer = self.source_client.get_shard_iterator(StreamArn=self.source_arn, ShardId=shard_id, **how)
        return str(answer["ShardIterator"])

    def at(self, number: str) -> dict[str, str]:
        """The parameter of a sequence number."""
        return {"SequenceNumber": number}

    def key(self, event: dict[str, Any]) -> str:
        """The item's key."""
        return json.dumps(event["dynamodb"]["Keys"], sort_keys=True, cls=BytesEncoder)

    def get_approximate_arrival_time(self, record: dict[str, Any]) -> float:
        """When the item was written, in seconds since 1970; LocalStack says now."""
        return float(record["dynamodb"]["ApproximateCreationDateTime"])
