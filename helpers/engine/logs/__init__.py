"""CloudWatch Logs: `writer` delivers functions' log events, batch by batch (`batches`).

`requests` are checked. `ingestion` takes log events in (`acceptance` says which) and stores them (`stored_events`),
`retention` expires them, `reading` shows them. From there they go to subscribers (`subscriptions` are put,
`subscription_delivery` sends) and into metrics: `metric_filters`, `embedded_metrics`, published by `metric_values`.
`filter_patterns` say which events pass, `insights` answers queries (both with `server.given_expressions`), `groups` are
made, described, tagged and deleted, `resource_policies` are checked, `operations` is what operations have in common.
"""
