"""CloudWatch Logs: `writer` takes a function's lines there, `filter_patterns` finds them, `retention` bounds them."""
