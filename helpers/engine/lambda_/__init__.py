"""AWS Lambda: what differs from LocalStack's service, and what happens between it and an execution environment.

- A request: `constraints` (of every member, from the service's model), `limits` (with `client_context`,
  `json_errors`, `reserved_variables`, `runtime_identifiers`) and `package_limits` refuse what AWS refuses,
  `code_sources` no code, `code_signing` unsigned code, `permissions` who is nobody.
- An invocation: `data_plane` takes an `Invoke` past what other requests need; `invocation` asks for one of `leases` on
  concurrency, of what `account_usage` says is left, and `assignment` for an environment. `executor` creates one, as
  `spawning` describes it: memory, CPU share, timeout, `environment_variables` (with `role_credentials`), `code`
  (unpacked by `unzip`) and `layers` (merged into `/opt` by `overlay`); `keep_alive` shuts down idle ones.
- `event_managers` are the queues of events, `asynchronous` takes them from there, `event_attempts` is what becomes of
  one; `recursion` stops loops; `tenancy` keeps tenants apart; `metrics` publishes to CloudWatch, those of
  `provisioned_metrics` too.
  `streamed_invocations` passes a response on as it comes, `event_stream` to callers of `InvokeWithResponseStream`.
- `function_urls/` serves function URLs. `durable/` has durable functions and their executions.
- Its log: `logging_config` (format, levels, group); `runtime_versions`, which INIT_START names.
- What is stored: `versions`, `publishing`, `timestamps`, `version_listing`, `provisioned_listing`; of layers
  `layer_listing` and `layer_permissions`; `tagging`; `leftovers` of what was deleted. Environments that are kept ready:
  `provisioned_scaling`.
- What it polls: `event_source_mappings/`.
"""
