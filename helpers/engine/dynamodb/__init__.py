"""DynamoDB and DynamoDB Streams, served by moto in memory: LocalStack's own provider downloads a Java program.

`provider` is what LocalStack loads; `statements` does what `partiql` makes of a statement. `stream_records` and
`stream_reading` are a stream's two ends, `descriptions` what is said of a table; they wait until the service is first
used. `batches` refuses those that are too big, `expressions` what names nothing; `numbers` are kept as on AWS;
`consumed_capacity` says it to whoever asks.
"""
