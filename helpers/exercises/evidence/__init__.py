"""Evidence for the checks of exercises, read from the backend.

- `answers`: a function's response and log, and what the policies of a role allow.
- `at_once`: requests that are sent at the same moment.
- `events`: events in a function's log.
- `roles`: which functions a role may call.
- `failures`: asynchronous events that failed. `fan_out`: who hears of what is published to a topic.
- `event_sources`: what comes of what is sent to a bucket, a stream, a queue, a topic.
- `waiting`: until something is found, or for so many seconds.
- `executions`: what an execution of a durable function waits for, and how it ends.
- `messages`: what waits in a queue. `upload_events`: one upload as each source tells a function of it.
- `costs`: workloads that are made up, and what they cost.
- `packages`: deployment packages and layers.
- `rest_api`: responses and integrations of a REST API. `http_api`: responses of an HTTP API.
- `queries`: queries of Logs Insights, run again. `payments`: lab 10's payments and metrics. `alarms`: an alarm, and who
  hears of it.
- `stacks`: parameters, outputs and resources of CloudFormation stacks.
- `allowed_verbs`: which verbs a response allows, to its caller or to pages of other origins.
"""
