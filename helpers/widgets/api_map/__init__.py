"""A REST API of API Gateway as a map: resources, methods, integrations, stages.

- `api_map` is the widget, `form` its fields, `drawing` the SVG.
- `rest_api` reads the API; `call` sends it a request and tests one.
"""
