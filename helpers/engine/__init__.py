"""The engine: LocalStack without Docker, with execution environments of our own.

A tour, in the order of an invocation:

- `__main__` starts LocalStack in this process; `settings` says where everything is, `folders` takes what it needs of
  it; `adaptations` lists every place where we change LocalStack. Each is a module that says why.
- A request passes `front_door` first, which knows this machine's names; `browsers` keeps pages of other origins out,
  `routes` guards addresses that are not AWS's API. Then `iam/`: who signed this, and may they do it?
  `policy_evaluation/` is where IAM decides.
- `request_bodies` says how large a request may be, as it arrives and decompressed; `templates` how large a YAML
  document with its aliases; `outgoing` how large an answer to the engine. `endpoints` takes LocalStack's own endpoints
  away that act, and every download. `loopback` is where the engine listens, and calls itself.
- A request for `Invoke` passes `limits` (and `client_context`), then LocalStack's Lambda service, then `invocation`,
  which asks for an execution environment. `keep_alive` ends those that nobody asks for any more. `asynchronous` is
  about events that nobody waits for: retries, ages, dead letters. `polling` says how often queues are looked at.
- LocalStack creates environments through its `RuntimeExecutor` contract: `executor` fulfils it (`plugins`
  registers it). It prepares code (`code`) and layers (`layers`) and chooses the program (`runtimes/`).
- `environment` is one execution environment with AWS's phases: INIT, INVOKE, SHUTDOWN. It asks the `zygotes` for a
  process and serves that process, and nobody else (`socket_owner`), Lambda's Runtime API (`runtime_api`).
- `sandbox/` is what runs on the other side of the fork: zygote, supervisor, runtime, and what they may do. `places`
  says where a function finds things, `interpreter` what it sees of Python.
- `platform_logs` writes START, END, REPORT and AWS's errors; `log_writer` and `metrics` take them to CloudWatch,
  where `log_filters` finds them and `log_retention` keeps them within bounds. `stores`
  lets services list what they keep while it changes.
- Functions as they are kept: `package_limits`, `versions`, `publishing`, `timestamps`, `reserved_variables`,
  `code_signing`, `layer_listing`.
- `object_storage` says where S3 keeps objects. `memory` and `role_sessions` give back what a load has taken.
- `dynamodb` serves tables from moto. `api_gateway` mends API Gateway: `gateway_answers`, `gateway_events`,
  `body_validation`, `model_schemas`, `integration_patches`, `service_integrations`, `usage_plans`.

The learner's side (`helpers/` above) never imports this package: it is a backing service, reached over HTTP.
"""
