"""Drift: whether what a stack has made still is as its template says.

CloudFormation User Guide, "Detect unmanaged configuration changes to stacks and resources with drift detection", and
the API reference of the operations (2026-11).

- `operations` are DetectStackDrift, DetectStackResourceDrift, DescribeStackDriftDetectionStatus and
  DescribeStackResourceDrifts; `detection` looks at resources, and `results` are kept of each stack.
- `current_properties` reads a `resource` as it is, of each type that can be read; those of Lambda are in
  `function_properties`, those of S3 in `bucket_properties`, those of API Gateway in `api_properties`. `shapes` has what
  services write otherwise than templates.
- `differences` compares that with what the template sets, but for `secrets`.
"""
