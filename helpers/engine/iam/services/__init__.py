"""Actions, resources, condition keys and resource policies of each service.

One module a service, as in AWS's Service Authorization Reference (2026-11), the source of all of them. A module ends
with its `SERVICE`, which states what differs from the defaults.

- `service` has the class of these, with the defaults.
- `registry` finds a request's service, its actions and everything that must be allowed for it.
- Compute and events: `lambda_`, `apigateway`, `events`, `scheduler`, `stepfunctions`, `sns`, `sqs`, `kinesis`,
  `firehose`.
- Data: `dynamodb` (with `item_requests`), `s3`, `secretsmanager`, `ssm`, `kms`.
- Operations: `logs`, `cloudwatch`, `cloudformation`, `iam`, `sts`.

Used elsewhere, too: `lambda_.function_arn`, `s3.bucket_owner`, `s3.missing_object`.
"""
