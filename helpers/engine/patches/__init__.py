"""Everything that we change of LocalStack 4.9.2 and moto, with its reason; nowhere else is one of their names set.

A module a service has a row for each attribute that is replaced.

- `server` (for what belongs to no service), `iam`, `lambda_` with `lambda_configuration`, `lambda_concurrency` and
  `lambda_durable`, `logs` and `services` (dead-letter queues, SQS, event patterns) are applied by `apply`, once, before
  LocalStack starts.
- `apigateway` with `apigateway_templates` and `apigateway_configuration`, `cloudformation`, `cloudwatch`, `dynamodb`,
  `dynamodbstreams`, `events`, `kinesis`, `logs_queries`, `s3`, `scheduler`, `sns` and `stepfunctions` wait until their
  service is first used: `first_use`.
- `checks` has a row for each handler before a service.

What a row means is in `patching`.
"""

from __future__ import annotations

from localstack.aws import handlers

from ..lambda_ import keep_alive, metrics
from ..lambda_.durable import skipping
from ..patching import Patch, Run, checking
from ..server import memory_release, response_headers, startup, status, stores
from . import (
    checks,
    first_use,
    iam,
    lambda_,
    lambda_concurrency,
    lambda_configuration,
    lambda_durable,
    logs,
    server,
    services,
)

ROWS = (
    *server.ROWS,
    *iam.ROWS,
    *lambda_.ROWS,
    *lambda_configuration.ROWS,
    *lambda_concurrency.ROWS,
    *lambda_durable.ROWS,
    *logs.ROWS,
    *services.ROWS,
    *first_use.ROWS,
)
RUNS = (
    Run(stores.make_imported_listable, "stores of modules that are imported already"),
    Run(status.serve, "endpoints of our own"),
    Run(skipping.serve, "the same"),
    Run(keep_alive.start, "ends environments that nobody asks for"),
    Run(metrics.start, "publishes what was measured"),
    Run(startup.leave_out_hooks, "imports a DNS server that is off"),
    Run(startup.wait_until_ready, "collects garbage again"),
    Run(memory_release.start, "gives memory back after a load"),
)


def all_rows() -> tuple[Patch, ...]:
    """Every attribute that is replaced, now or when a service is first used."""
    return (*ROWS, *(row for service in first_use.MODULES for row in first_use.rows(service)))


def apply() -> None:
    """Apply every row."""
    for row in ROWS:
        row.apply()
    handlers.serve_custom_service_request_handlers.append(checking(checks.ROWS))
    for service in response_headers.SERVERS:
        handlers.modify_service_response.append(service, response_headers.say_server)
    for run in RUNS:
        run.function()
