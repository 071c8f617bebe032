"""Durable functions: executions whose progress is kept step by step, in which a wait holds no environment.

AWS's own emulator (`aws-durable-execution-sdk-python-testing`, Apache-2.0) is the control plane: it applies
checkpoints, schedules waits and retries, and writes the history. It is imported when the first durable function is
invoked.

- `configurations`: `DurableConfig` of a function and of its versions.
- `starts`: an Invoke of a durable function starts an execution, or finds the one of that name; `resolution` says which
  version that is.
- `control_plane` is the emulator, one for each account and region, with a `clock` that can be put forward;
  `invoker` has it invoke functions here, and `targets` is what executions call with `context.invoke`.
- `operations` answers the operations on executions and callbacks, with `listing`; `skipping` is
  `POST /_lab/durable/skip`.

What is here: all that the SDK for Python does, by version and alias, synchronously, asynchronously, from event
sources. What is not, and is refused: Pause, Resume and DeleteDurableExecution, keys of KMS, `DurableConfig` in
templates of CloudFormation, tenants, and targets that are told of the end of an asynchronous execution. Source: Lambda
Developer Guide, "Lambda durable functions" (2026-11).
"""
