"""Queues as sources.

Lambda Developer Guide, "Using Lambda with Amazon SQS" and "Configuring scaling behavior for SQS event source mappings"
(2026-11): Lambda reads a standard queue with five concurrent batches, or with as many as `MaximumConcurrency` says; of
a FIFO queue one batch of a message group at a time. Messages of a batch that failed stay hidden until their visibility
timeout ends. LocalStack calls the function with one batch after the other, waits for a batching window in a call that
nothing ends, and gives the function a body that was parsed and written anew, and attributes without the two empty lists
that AWS adds (its snapshot `test_message_body_and_attributes_passed_correctly`, 2024).
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to
from localstack.services.lambda_.event_source_mapping.pollers.poller import EmptyPollResultsException
from localstack.services.lambda_.event_source_mapping.pollers.sqs_poller import (
    SqsPoller,
    split_by_message_group_id,
    transform_into_events,
)

from ... import lineage
from . import filters
from .invocations import invoke

LOG = logging.getLogger(__name__)
AT_ONCE = 5
Message = dict[str, Any]


class Queue(SqsPoller):
    """A poller of a queue. Its worker's thread receives; batches run in threads of a pool."""

    mapping: dict[str, Any]

    def adopt(self, mapping: dict[str, Any]) -> None:
        """Take the mapping's whole configuration."""
        self.mapping = mapping
        most = (mapping.get("ScalingConfig") or {}).get("MaximumConcurrency") or AT_ONCE
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="queue-batch")
        self._free = threading.Semaphore(most)
        self._gathered: list[Message] = []
        self._since = 0.0

    def close(self) -> None:
        """Receive no more; batches that were begun go on, and what was gathered is given back.

        By Lambda, not as the function's role, which need not have the right.
        """
        _, _, _, region, account, _ = self.source_arn.split(":")
        sqs = connect_to(aws_access_key_id=account, region_name=region).sqs
        for message in self._gathered:
            try:
                sqs.change_message_visibility(
                    QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
            except ClientError:
                pass  # the queue is gone, or the message is visible
        self._gathered = []
        self._pool.shutdown(wait=False)

    def poll_events(self) -> None:
        """Receive what there is, up to a batch, and begin with it. Raises: EmptyPollResultsException."""
        received = False
        while self._free.acquire(blocking=False):
            begun = False
            try:
                received = self._receive() or received
                if self._is_ready():
                    batch, self._gathered = self._gathered, []
                    begun = True
                    self._pool.submit(self._work, batch)
            finally:
                if not begun:
                    self._free.release()
            if not begun:
                break
        if not received:
            raise EmptyPollResultsException(service="sqs", source_arn=self.source_arn)

    def _receive(self) -> bool:
        room = self.batch_size - len(self._gathered)
        messages = self.source_client.receive_message(
            QueueUrl=self.queue_url,
            MaxNumberOfMessages=min(room, 10),
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
            sqs_override_max_message_count=room,
        ).get("Messages", [])
        if messages and not self._gathered:
            self._since = time.monotonic()
        self._gathered += messages
        return bool(messages)

    def _is_ready(self) -> bool:
        enough = len(self._gathered) >= self.batch_size
        return bool(self._gathered) and (enough or time.monotonic() - self._since >= self.maximum_batching_window)

    def _work(self, messages: list[Message]) -> None:
        try:
            # A batch of a FIFO queue may have several groups here; each is one call, in its order.
            groups = split_by_message_group_id(messages).values() if self.is_fifo_queue else [messages]
            for group in groups:
                self._call(list(group))
        except Exception as error:  # the messages come back
            LOG.warning("A batch of %s failed: %s", self.source_arn, error)
        finally:
            self._free.release()

    def _call(self, messages: list[Message]) -> None:
        """Call the function; delete what no filter lets through, and what succeeded."""
        events = transform_into_events(messages)
        for event in events:
            for attribute in event["messageAttributes"].values():
                attribute |= {"stringListValues": [], "binaryListValues": []}
        passed = [event for event in events if filters.passes(self.filter_patterns, event)]
        identifiers = {event["messageId"] for event in passed}
        self.delete_messages(messages, {event["messageId"] for event in events} - identifiers)
        if not passed:
            return
        # A call has a trace of its own, but the lineage of its messages: see `recursion`.
        with lineage.handed_on(lineage.of_headers(event["attributes"].get("AWSTraceHeader") for event in passed)):
            outcome = invoke(self, self.mapping, {"Records": self.add_source_metadata(passed)}, identifiers)
        if not outcome.failed:
            self.delete_messages(messages, identifiers - outcome.failures)
