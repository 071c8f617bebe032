"""The backend of the labs: choosing it, starting and stopping our engine, signing requests, boto3 clients.

- `session` connects to the backend: `choice` decides which it is (embedded engine, container, any endpoint, AWS),
  `clients` makes boto3 clients, `kernel_environment` sets the variables that lead AWS's tools there. `aws` requires a
  confirmation before AWS itself is used, `tagging` tags what a lab creates there. `features` lists what a backend can
  do, `accounts` has ids and access keys.
- `engine` is the embedded engine as a process, which `launch` starts; `processes` is what the system reports of it.
- `health` asks a backend over HTTP, before there is a client; `status` is the text of `python -m helpers status`.
- `credentials` derives secret access keys from the engine's random secret, `own_engine` is the engine that has it,
  `account_secrets` looks up the secret access key of an account on any backend, `account_environment` prints it as
  variables for a shell.
- `pages` collects all pages of an operation that lists something, `function_response` decodes a function's response,
  `function_names` reads the name in an ARN, `execute_api` has the addresses of REST APIs,
  `lab_like` is the type of a lab.
- `recording` stores a lab's calls for comparison, `redaction` decides what of them may be written.
- `aws_cli` is the command `aws`, `log_tail` its `aws logs tail`.
"""
