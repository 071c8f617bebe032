"""CloudWatch Logs: `writer` delivers functions' log events, `filter_patterns` finds, `retention` expires them."""
