"""Invocations over time, a lane for each execution environment.

- `invocations` reads them from CloudWatch Logs.
- `timeline` is the picture and reads nothing itself, `live_timeline` follows a load while it runs, `swimlanes` draws
  both.
"""
