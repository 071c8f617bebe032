"""Kinesis streams, and their consumers, as sources."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from localstack.services.lambda_.event_source_mapping.pollers.kinesis_poller import KinesisPoller

from .stream_pollers import Poller


class Kinesis(Poller, KinesisPoller):
    """A poller of a Kinesis stream. A consumer's records are read as the stream's: nothing is faster here."""

    @property
    def stream_arn(self) -> str:
        """The stream's ARN, also where the source is a consumer."""
        return self.source_arn.partition("/consumer/")[0]

    def transform_into_events(self, records: list[dict[str, Any]], shard_id: str) -> list[dict[str, Any]]:
        """Records as events, with times to the millisecond (Developer Guide, "Using Lambda with Kinesis", 2026-11)."""
        events: list[dict[str, Any]] = super().transform_into_events(records, shard_id)
        for event in events:
            fields = event["kinesis"]
            fields["approximateArrivalTimestamp"] = round(fields["approximateArrivalTimestamp"], 3)
        return events

    def list_shards(self) -> list[dict[str, Any]]:
        """All shards, by whichever of the two operations the function's role may call."""
        try:
            found = self.source_client.describe_stream(StreamARN=self.stream_arn)["StreamDescription"]["Shards"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDeniedException":
                raise
            found = self.source_client.list_shards(StreamARN=self.stream_arn)["Shards"]
        return list(found)

    def start(self) -> dict[str, Any]:
        """At the mapping's starting position."""
        how = {"ShardIteratorType": self.mapping["StartingPosition"]}
        if timestamp := self.mapping.get("StartingPositionTimestamp"):
            how["Timestamp"] = timestamp
        return how

    def iterator(self, shard_id: str, **how: Any) -> str:
        """An iterator of a shard."""
        answer = self.source_client.get_shard_iterator(StreamARN=self.stream_arn, ShardId=shard_id, **how)
        return str(answer["ShardIterator"])

    def at(self, number: str) -> dict[str, str]:
        """The parameter of a sequence number."""
        return {"StartingSequenceNumber": number}

    def key(self, event: dict[str, Any]) -> str:
        """The partition key."""
        return str(event["kinesis"]["partitionKey"])
