"""Actions and resources of each service, as in AWS's Service Authorization Reference (2026-11).

- `registry`: what an operation acts on; a function a service.
- `iam` (and STS), `data_resources` (services that keep data), `s3_actions`.
"""
