"""Execution environments: how a function runs. Imports nothing of LocalStack or moto.

- `environment` has the phases of one environment, with AWS's names: `init`, `invoke`, and its end.
- `runtime_process` is the process in it: forked by the zygote (`zygote_client`), for a user of its own (`users`), and
  served Lambda's Runtime API, it and nobody else (`socket_owner`): `runtime_api`, over a `runtime_connection`.
- `sandbox/` is the other side of the fork; `runtimes/` has the program of each runtime. `places` has the paths that a
  function sees, `interpreter` the parts of Python. `probe` finds out how this machine can isolate.
- `log_buffer` keeps what a function prints; `platform_logs` writes START, END, REPORT and AWS's errors.
- `folders` prepares the folders that the engine writes to.
"""
