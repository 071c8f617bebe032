"""API Gateway, REST APIs: what we change of LocalStack's service, and of moto's below it.

A tour, along a request to a stage and back:

- `request_validation` validates the body against the model for its content type; `usage_plans` counts the request
  against the quota and the rate of its API key.
- `proxy_events` is about the event that a function gets from a proxy integration. `service_integrations` calls other
  services (Lambda without a proxy among them) within this process.
- `errors` chooses the status of a request that fails: 502 when the function fails or its response is malformed, 500
  when Lambda refuses the call, 403 when there is no such stage. `execution_logs` writes the reason into the log of
  TestInvokeMethod.
- Configuration: `methods` (PutMethod), `models` (CreateModel, UpdateModel), `integration_responses`
  (UpdateIntegrationResponse), `deployments` (GetDeployment).

Importing these changes nothing: `patches/apigateway.py` lists what each function replaces. It is applied at the first
request to API Gateway, because loading LocalStack's service takes 0.1 s and 10 MB and most labs do without it.
"""
