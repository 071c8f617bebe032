"""Amazon SQS: what a queue may be told, and how soon its messages move.

- `polling`: how often queues and event source mappings look.
- `queue_attributes`: which attributes of a queue SQS refuses, its dead-letter queue above all.
- `addresses`: what is no ARN or account number.
- `message_attributes`: which messages SQS refuses for their attributes and times.
"""
