"""CloudWatch Logs: `writer` delivers functions' log events, call by call (`batches`).

`filter_patterns` finds, `retention` expires them.
"""
