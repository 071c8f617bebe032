"""API Gateway, REST APIs: what we change of LocalStack's service.

- `lazy` makes the changes when it is first asked for.
- Requests: `request_validation`, `usage_plans`. Integrations: `proxy_events`, `service_integrations`,
  `integration_responses`. What is answered when something fails: `errors`.
- What is configured: `methods`, `models`.
"""
