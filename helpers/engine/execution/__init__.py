"""Execution environments: how a function runs. Imports nothing of LocalStack or moto.

- `environment` is one execution environment with AWS's phases: INIT, INVOKE, SHUTDOWN. `alive` lists them.
- It asks a zygote (`zygote_client`) for a process and serves that process, and nobody else (`socket_owner`), Lambda's
  Runtime API: `runtime_api`, over a `runtime_connection`.
- `sandbox/` is what runs on the other side of the fork; `runtimes/` are the programs that it starts. `places` says
  where a function finds things, `interpreter` what it sees of Python; `probe` finds out how this machine can isolate.
- `log_buffer` holds what a function prints, `platform_logs` writes START, END, REPORT and AWS's errors.
- `folders` prepares the folders that the engine writes to.
"""
