"""Evidence for the checks of exercises, read from the backend.

- `answers`: a function's response and log, and what the policies of a role allow.
- `events`: events in a function's log.
- `roles`: which functions a role may call.
- `failures`: asynchronous events that failed.
- `packages`: deployment packages and layers.
- `rest_api`: responses and integrations of a REST API.
"""
