"""Log groups, searched: `log_explorer` is the widget, `form` its fields and buttons.

`questions` asks CloudWatch Logs and `found` is what comes back; `histogram` draws it over time.
"""
