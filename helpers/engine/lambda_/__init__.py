"""AWS Lambda: what differs from LocalStack's service, and what happens between it and an execution environment.

- A request: `limits` (with `client_context`, `reserved_variables`, `runtime_identifiers`) and `package_limits` refuse
  what AWS refuses.
- An invocation: `invocation` asks for an environment, `executor` makes one (`code`, `layers`), `keep_alive` ends it.
  `asynchronous` retries events; `metrics` go to CloudWatch.
- A function as it is kept: `versions`, `publishing`, `timestamps`, `code_signing`, `layer_listing`,
  `event_source_mappings`.
"""
