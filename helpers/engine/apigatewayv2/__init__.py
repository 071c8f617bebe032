"""API Gateway, HTTP APIs and WebSocket APIs: the whole service, which LocalStack 4.9.2 has not.

A tour. How an API is made, in the words of boto3's `apigatewayv2`:

- `provider` is the service as LocalStack loads it when it is first used, `operations` has what answers each operation.
- `control_plane` creates, reads, changes and deletes; `resource_kinds` is the table of what there is (routes, stages,
  …), `apis` keeps it, `validation` refuses what AWS refuses and what is not here, with `errors`.
- `quick_create` makes an API in one call, `imports` makes one of a definition that `openapi` reads. `tags`.
- `resource_providers` does it for CloudFormation, and so for SAM.
- `deployments`: what a stage serves is the API as it was when it was deployed.

How a request to an HTTP API is answered:

- `addresses` says where APIs are; `http_endpoint` goes through a request, which is an `http_calls.Call`.
- `routing` selects stage and route; `throttling` counts; `cors` answers for pages of other origins.
- Who may call: `jwt_authorizers` (with the issuers that `loopback_issuers` allows), `lambda_authorizers`,
  `iam_authorization`.
- `integrations` asks a function, by `functions` with the event of `proxy_events`, and `proxy_responses` reads what it
  returns; or an HTTP server. `parameter_mapping` changes what is sent and what is answered.
- `access_logs` writes a line.

How a WebSocket API is: `websocket_endpoint` goes through a connection (`websocket_connections`) from its handshake to
its end, with `websocket_authorization` for $connect and the events of `websocket_events`. `connection_management` is
boto3's `apigatewaymanagementapi`, `stage_connections` the same at a stage's own address.

Not as on AWS: `requestContext.domainName` is AWS's name of the API, as functions expect, but `https://` with it leads
nowhere from here; a function that posts to connections makes its client without `endpoint_url`, or with the value of
AWS_ENDPOINT_URL where that is set.

Not here, and refused by name: custom domain names, private integrations, integrations with other services than Lambda,
request models; of WebSocket APIs all integrations but with Lambda, mapping templates and API keys.
"""
