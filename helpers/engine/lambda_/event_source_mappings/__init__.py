"""Event source mappings: what Lambda polls, and how it calls a function with what it has found.

- A request: `refusals` refuse what AWS refuses, and what does not act here; `sources` looks whether a source exists.
- `workers`: a mapping's state, and which of its workers counts after a change; `listing` finds those of a function.
- Streams: `stream_pollers` read the `shards` of `kinesis` and `dynamodb`; a lane (`lanes`) takes a shard's records in
  order, through retries and halves (`batches`) and `windows`; `failures` tells a destination of what was given up.
- Queues: `queues`.
- Both: `invocations` call the function and read its answer (`outcomes`), `filters` say what it gets to see.
"""
