"""The engine: LocalStack without Docker, with execution environments of our own.

A tour; each folder's `__init__` names its modules.

- `__main__` starts LocalStack in this process, with another `allocator` than Python's; `settings` says where everything
  is and what may be set. `plugins` is how LocalStack finds our parts.
- `patches/` is the table of everything that we change of LocalStack and moto, `patching` applies it. Whatever is not
  in that table is LocalStack's own.
- A request passes `server/` first (host names, cross-origin requests, request size), then `iam/`: who signed it, and
  is it allowed? `iam/policy_evaluation/` decides.
- `lambda_/` refuses what AWS refuses, unpacks code, merges layers and invokes. `execution/` runs functions:
  environments with AWS's phases, the Runtime API, the sandbox. It knows nothing of LocalStack.
- `logs/` takes a function's lines to CloudWatch Logs. `apigatewayv2/` (HTTP and WebSocket APIs) and `scheduler/` are
  ours altogether. In `apigateway/` (its 502, 500 and 403 among others), `cloudformation/` (which rolls back, and calls
  custom resources), `cloudwatch/`, `events/`, `s3/`, `secretsmanager`, `sns/`, `sqs/`, `ssm` and `stepfunctions/`
  something differs; in `dynamodb/` and `kinesis/` moto answers, one request at a time (`in_turn`). `lineage` says which
  functions a chain of requests has passed.

Imports go one way: `__main__` → `patches` → services → `execution` → `settings`. The learner's side (`helpers/` above)
never imports this package: it is a backing service, reached over HTTP.
"""
