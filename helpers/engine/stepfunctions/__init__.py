"""AWS Step Functions: state machines in JSONata, without Java; roles of tasks.

- `jsonata`: an expression evaluated with its variables, by the pure-Python `jsonata-python`, in `jsonata_processes`
  that run `jsonata_program`.
- `jsonata_functions`: the functions that Step Functions adds to JSONata.
- `definitions`: what is refused: `schema`, for each state; `transitions`, where it goes on; each a `problems.Problem`.
- `choices`: how Choice states compare. `failures`: what ends an execution.
- `fields`: in which field of a state an expression stands, for AWS's messages.
- `query_errors`: an expression that yields nothing, no JSON, or an error, and the event that says so.
- `intrinsics`: calls of States.Format and its like.
- `map_runs`: items of a Map Run that fail. `task_tokens`: answers to tasks that wait.
- `query_languages`: of a definition and its states. `literals`: texts of `Assign`.
- `lambda_errors`: names of errors of tasks that invoke a function.
- `task_roles`: the role that a task names.
- `log_streams`: where the log of a state machine goes.
"""
