"""API Gateway, REST APIs: what we change of LocalStack's service, and of moto's below it.

A tour, along a request to a stage and back:

- `server.raw_bodies` has the body as it arrived. `preprocessing` refuses what may not come this way, or is too large.
- `authorization` asks whether the request may pass: `signed_callers` says who signed it (AWS_IAM), `api_policies` has
  the API's resource policy, `lambda_authorizers` asks a function, with the event and the identity that
  `authorizer_events` takes from the request (`request_values`); `kept_answers` keeps what it said.
- `request_validation` validates parameters, and the body against the model for its content type (`schema_errors` says
  what is wrong); `usage_plans` counts the request against the quota of its API key, `throttles` against the rates of
  key, method and stage (`token_buckets`).
- `proxy_events` is about the event that a function gets from a proxy integration, `binary_media` about bodies in it
  that are no text, `proxy_responses` about what the function may answer. `timeouts` gives up on an integration that
  takes too long (`deadlines`). `service_integrations` calls other services (Lambda without a proxy among them) within
  this process, `http_integrations` any address; `assumed_roles` is who calls, `traces` says in which trace,
  `tenants` for which tenant.
- `velocity` is what mapping templates reach and may take, by `velocity_methods` and `json_paths`.
- `errors` chooses the status of a request that fails: 502 when the function fails or its response is malformed, 500
  when Lambda refuses the call, 403 when there is no such stage. `execution_logs` writes the reason into the log of
  TestInvokeMethod; `tried_methods` is what an integration is told of such a call.
- `gateway_responses` words the answer to such a request, as the API has set it. `compression` makes answers smaller,
  `stage_logs` has its line in `access_logs` written, and its part of the stage's execution log
  (`execution_log_lines`), to CloudWatch Logs (`log_streams`); `proxied` has kept for it what a function was given and
  returned. `remapped_headers` renames a header, `metrics` counts.
- Configuration: `authorizers` (CreateAuthorizer, UpdateAuthorizer, TestInvokeAuthorizer), `rest_apis` (CreateRestApi,
  UpdateRestApi), `methods` (PutMethod, UpdateMethod, PutMethodResponse), `integrations` (PutIntegration,
  UpdateIntegration), `models` (CreateModel, UpdateModel), `resources` (CreateResource, DeleteResource),
  `integration_responses` (PutIntegrationResponse, UpdateIntegrationResponse), `stages` (CreateStage, UpdateStage,
  GetStages, CreateDeployment), `deployments` (GetDeployment), `usage_plan_checks` (CreateUsagePlan, DeleteUsagePlan,
  DeleteUsagePlanKey), `usage_plan_updates` (UpdateUsagePlan), `usage_records` (GetUsage, UpdateUsage), `documentation`
  (ImportDocumentationParts, GetDocumentationParts), `openapi_imports` (ImportRestApi, PutRestApi, with
  `imported_documents` and `merged_imports`), `exports` (GetExport, with `exported_documents`), `pages` (lists).
  `resource_providers` makes for CloudFormation what LocalStack does not.

HTTP APIs (`apigatewayv2`) share `assumed_roles`, `deadlines`, `kept_answers`, `log_streams`, `metrics` and
`token_buckets`.

Importing these changes nothing: `patches/apigateway.py` lists what each function replaces, with the file beside it;
they are applied at the first request to API Gateway, for loading LocalStack's service takes 0.1 s and 10 MB, and most
labs do without it.
"""
