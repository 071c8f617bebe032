"""AWS Lambda: what differs from LocalStack's service, and what happens between it and an execution environment.

- A request: `limits` (with `client_context`, `reserved_variables`, `runtime_identifiers`) and `package_limits` refuse
  what AWS refuses.
- An invocation: `invocation` asks for an environment; `executor` creates one, with its memory, CPU share, timeout,
  `environment_variables`, `code` (unpacked by `unzip`) and `layers` (merged into `/opt` by `overlay`); `keep_alive`
  shuts down idle ones. `asynchronous` retries events; `metrics` publishes to CloudWatch.
- A function's stored configuration: `versions`, `publishing`, `timestamps`, `code_signing`, `layer_listing`,
  `event_source_mappings`.
"""
