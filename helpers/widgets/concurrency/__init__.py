"""Requests at once against reserved and provisioned concurrency.

- `concurrency` is the widget: it configures a function and sends waves of requests; `form` its fields.
- `result` holds what became of them, `chart` draws it.
"""
