"""Authorization: may this caller perform this action on this resource? Decided before any service sees the request.

A tour, in the order of a request:

- `enforcement` is the handler in LocalStack's request chain. `LAB_IAM=off` leaves it out.
- `callers` finds out who calls: account root, an IAM user, a role session, an AWS service on somebody's behalf, or
  nobody. `internal_calls` keeps services' calls from being forged, `peers` knows a call from a function's
  process (by `sockets`), `side_doors` are the ways around the request chain.
- `actions` names the actions of an operation, with `s3_actions` for the service whose names differ most;
  `resources` gives the ARN and the account that each is about.
- `identity_policies` collects the caller's policies, `resource_policies` the target's, `condition_keys` the context.
  The decision itself is `helpers.engine.policy_evaluation`, which knows nothing of LocalStack. `decisions` asks it.
- `messages` words the refusal as the service would.
- Rules of single operations: `roles` (AssumeRole, PassRole, "cannot be assumed by Lambda"), `execution_roles` (what
  Lambda asks of a function's role when it is configured), `policy_documents` (what IAM refuses to store),
  `function_urls`, `simulation`.

Account root (access key `test`, or twelve digits) may do all in its account, except to assume a role that does not
trust it. Sources: IAM User Guide, "Policy evaluation logic", Service Authorization Reference (2026-11).

Not as on AWS:

- Signatures are not checked (whoever knows an access key id can use it), nor do sessions expire; AssumeRoleWithSAML and
  AssumeRoleWithWebIdentity are refused, as nobody is trusted to name a user.
- No service control policies, S3 access control lists or public access blocks; no resource policies of DynamoDB, of
  event buses and of API Gateway.
- DeleteObjects is refused as a whole if one key may not be deleted.
- CloudFormation creates resources with all rights, whoever created the stack.
- What the engine itself is made to send, by an HTTP integration or an API destination, may use the key `test`: whoever
  may create one of these can become root.
"""
