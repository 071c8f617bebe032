"""CloudWatch Logs Insights: an interpreter of its query language.

`queries` answers StartQuery and the like, `lookups` GetLogRecord. A query is a chain of commands: `parser` reads it
with `scanner` and `expressions` (whose functions are in `functions`), and makes of each command a function from
records to records (`commands`, `aggregates`, `extraction` for `parse`). `records` are log events with the fields that
`discovery` finds in them, `times` writes and rounds moments.

Source: Amazon CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax" and "Supported logs and
discovered fields" (2026-11).
"""
