"""Authorization: may this caller perform this action on this resource? Decided before any service sees the request.

A tour, in the order of a request:

- `authentication` verifies the request's signature (`signatures`, `s3_signatures`) with the secret of its access key
  (`access_keys`, `role_sessions`), as a handler in LocalStack's request chain. `LAB_AUTH=off` leaves it out. Services'
  calls to each other need none: they do not leave the process (`internal_calls`).
- `enforcement` is the handler that decides. With `LAB_IAM=off` whoever is known may do all.
- `callers` finds out who calls: account root, an IAM user, a role session, an AWS service on somebody's behalf, or
  nobody. `side_doors` is a way around the request chain, `requests` describes what comes on such ways.
- `actions` names the actions of an operation, with `s3_actions` for the service whose names differ most;
  `resources` gives the ARN and the account that each is about.
- `identity_policies` collects the caller's policies, `resource_policies` the target's, `condition_keys` the context.
  The decision itself is `helpers.engine.iam.policy_evaluation`, which knows nothing of LocalStack. `decisions` asks it.
- `messages` words the refusal as the service would.
- Rules of single operations: `roles` (AssumeRole, PassRole, "cannot be assumed by Lambda"), `execution_roles` (what
  Lambda asks of a function's role when it is configured), `policy_documents` (what IAM refuses to store),
  `function_urls`, `simulation`.

Account root (access key `test`, or twelve digits; the secret is the engine owner's) may do all in its account, except
to assume a role that does not trust it. Sources: IAM User Guide, "Policy evaluation logic", Service Authorization
Reference (2026-11).

Not as on AWS:

- AssumeRoleWithSAML and AssumeRoleWithWebIdentity are refused, as nobody is trusted to name a user. What signatures
  there are not, `authentication` says.
- No service control policies, S3 access control lists or public access blocks; no resource policies of DynamoDB, of
  event buses and of API Gateway.
- DeleteObjects is refused as a whole if one key may not be deleted.
- CloudFormation creates resources with all rights, whoever created the stack.
"""
