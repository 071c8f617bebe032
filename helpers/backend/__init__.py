"""The backend of the labs: choose it, start and stop our engine, sign requests, make boto3 clients.

- `session` chooses the backend (embedded engine, container, any endpoint, AWS) and makes clients; `aws` asks before
  real AWS is used, `features` says what a backend can do.
- `engine` is the embedded engine as a process, which `launch` starts; `processes` says what the system knows of it.
- `health` asks a backend over HTTP, before there is a client; `status` puts into words what runs.
- `credentials` holds the engine's random secret and what is derived from it, `own_engine` the engine that has it,
  `account_secrets` the secret access key of an account on each backend, `account_environment` what a shell needs of it.
- `aws_cli` is the command `aws`.
- `pages` collects all pages of what AWS lists, `function_response` decodes what a function answered, `function_names`
  reads the name in an ARN.
"""
