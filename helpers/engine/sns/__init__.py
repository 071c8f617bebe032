"""Amazon SNS: who may say what to a topic, and where undelivered messages go.

- `publications`: which messages and attributes of a topic SNS refuses.
- `subscriptions`: which subscriptions it refuses; `filters`: what a filter policy compares with what.
- `dead_letters`: the dead-letter queue of a subscription, and the trace of what is delivered.
"""
