"""Amazon EventBridge: from an event to its targets.

- `archives`: what an archive keeps, and whom a replay reaches.
- `patterns`: which ones are refused; what is absent matches none but `exists`.
- `entries`: how big those of PutEvents may be.
- `wildcards`: a pattern's `*`, found in time.
- `inputs`: what an input transformer makes of an event's values.
- `targets`: those that are not here are refused; how an HTTP target's answer is understood.
- `deliveries`: what a target does not take is tried again, and then goes to its dead-letter queue.
"""
