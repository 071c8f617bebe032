# The same with AWS Lambda Powertools.
import json
import os

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities import batch, idempotency

logger, metrics = Logger(), Metrics()
processor = batch.BatchProcessor(event_type=batch.EventType.SQS)
store = idempotency.DynamoDBPersistenceLayer(os.environ["TABLE"])
config = idempotency.IdempotencyConfig(event_key_jmespath="order")


@idempotency.idempotent_function(data_keyword_argument="order", persistence_store=store, config=config)
def charge(order):
    if order["amount"] > 900:
        raise ValueError("refused")
    logger.info("charged", extra=order)
    metrics.add_metric(name="Charged", unit="Count", value=1)


def handle(record):
    charge(order=json.loads(record.body))


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event, context):
    config.register_lambda_context(context)
    return batch.process_partial_response(event, handle, processor, context)
