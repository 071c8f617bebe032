"""Execution environments: how a function runs. Imports nothing of LocalStack or moto.

- `environment` is one environment and its phase; `configuration`, what it knows of its function.
- `init` runs INIT, 10 s at most.
- `invoke` runs an invocation and enforces the function's timeout; `response_stream` is a response in chunks.
- `runtime_process` is the process in it: one of the `reserves`, or started anew (`sandboxes`); forked by the zygote
  (`zygote_client`), under a user of its own (`users`). The Runtime API (`runtime_api`, over a `runtime_connection`) is
  served to this process only (`socket_owner`); `runtime_refusals` answer what it does not wait for.
- `extensions` keeps the state of those that run beside a runtime, `extensions_api` answers them, and INIT, INVOKE and
  SHUTDOWN wait for them (`extension_phases`).
- `sandbox/` runs outside the engine: supervisor, memory limit, CPU share, isolation. `runtimes/` has the program of
  each runtime, `interpreters` the Python or Node.js that it runs on. `places` has the paths that a function sees,
  `interpreter` those of Python's installation. `probe` finds out how this machine can isolate functions.
- A log: `log_buffer` keeps what a function writes, `log_records` tells its messages apart, `log_settings` says which of
  them it shows. `system_log` writes START, END and REPORT, as text or JSON; `platform_logs` has the lines, and AWS's
  errors.
- `waiting` is how all of it waits, in a thread or on an event loop.
- `folders` prepares the folders that the engine writes to.
"""
