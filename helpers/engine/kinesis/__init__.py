"""Kinesis Data Streams, served by moto in memory: LocalStack's own provider downloads a Node.js program.

`provider` is what LocalStack loads. `streams`, `shards` and `consumers` mend what moto does otherwise than AWS; they
wait until the service is first used.
"""
