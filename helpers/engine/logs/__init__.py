"""CloudWatch Logs: `writer` delivers a function's log events, `filter_patterns` finds them, `retention` expires them."""
