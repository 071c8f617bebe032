"""Evidence for the checks of exercises, read from the backend.

- `answers`: what a function answers and logs, and what its role may do.
- `roles`: whom a function calls, and whether its role allows it.
- `failures`: what Lambda did with an event that failed.
- `packages`: code and layers, as they were deployed.
- `rest_api`: what a REST API answers.
"""
