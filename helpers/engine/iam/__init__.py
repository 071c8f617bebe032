"""Authentication and authorization: may this caller perform this action on this resource? Decided before any service.

A tour, in the order of a request:

- `authentication` verifies the request's signature (`signatures`, `s3_signatures`) with the secret of its access key
  (`access_keys`, `role_sessions`), as a handler in LocalStack's request chain. `LAB_AUTH=off` leaves it out. Calls
  between services need no signature: they do not leave the process (`internal_calls`). Such a call may be made with
  the rights of whoever asked the service to (`forward_access`).
- `enforcement` is the handler that decides. With `LAB_IAM=off` every authenticated principal may do everything.
- `callers` identifies the caller: account root, an IAM user, a role session, an AWS service on behalf of a resource, or
  nobody. `queue_urls` covers requests that bypass the handler chain, `request_contexts` builds their contexts.
- `services` has the actions of an operation, the ARN and the account that each is about (`targets`), the condition
  keys and the resource policies of each service.
- `identity_policies` collects the caller's policies, `resource_policies` finds the target's. `condition_keys` collects
  the context; `resource_tags` has what policies may ask of the resource itself. The decision is `policy_evaluation`,
  which knows nothing of LocalStack. `decisions` asks it.
- `messages` words the refusal (AccessDenied) as the service would; `policy_evaluation` gives the reason in it.
- Rules of single operations: `trust` (roles that services are given, "cannot be assumed by Lambda"), `execution_roles`
  (permissions that Lambda demands of a function's role when it is configured), `policy_documents` (what IAM refuses
  to store), `names`, `function_urls`, `simulation`.
- `environment_sessions` ends the role sessions of execution environments; `lambda_` uses it.
- `managed_policies` are AWS's own, of which each account has a copy that it cannot change.

Account root (access key `test`, or twelve digits; the secret is the engine owner's) has full access to its account, but
assumes no role that does not trust it. Sources: IAM User Guide, "Policy evaluation logic", Service Authorization
Reference (2026-11).

Not as on AWS:

- AssumeRoleWithSAML and AssumeRoleWithWebIdentity are refused: no identity provider is trusted. Signatures that
  are not supported are listed in `authentication`.
- No service control policies, S3 access control lists or public access blocks; no resource policies of DynamoDB and of
  event buses. Those of REST APIs are asked by `apigateway`, where requests to an API's stages arrive.
"""
