"""Amazon EventBridge: from an event to its targets.

- `archives`: what an archive keeps, and whom a replay reaches.
- `patterns`: which ones are refused. `entries`: how big those of PutEvents may be.
- `matching`: whether an event fits, with its lists. `conditions`: what a pattern says of a field that is not there, or
  is no text; `wildcards`: its `*`, found in time.
- `inputs`: what an input transformer makes of an event's values.
- `targets`: those that are not here are refused; how an HTTP target's answer is understood.
- `deliveries`: what a target does not take is tried again, and then goes to its dead-letter queue.
"""
