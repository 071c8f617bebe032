"""Evidence for the checks of exercises, read from the backend.

- `answers`: a function's response and log, and what the policies of a role allow.
- `at_once`: requests that are sent at the same moment.
- `events`: events in a function's log.
- `roles`: which functions a role may call.
- `failures`: asynchronous events that failed. `fan_out`: who hears of what is published to a topic.
- `packages`: deployment packages and layers.
- `rest_api`: responses and integrations of a REST API. `http_api`: responses of an HTTP API.
- `stacks`: parameters, outputs and resources of CloudFormation stacks.
- `allowed_verbs`: which verbs a response allows, to its caller or to pages of other origins.
"""
