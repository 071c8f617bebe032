"""Filter patterns of CloudWatch Logs: which log events pass, and which values they show.

FilterLogEvents, subscription filters, metric filters and TestMetricFilter read them with the one parser in `patterns`.
A pattern is of terms (`terms`), for JSON (`{…}`) or for columns (`[…]`, `columns`); the latter two consist of
conditions (`conditions`) on values (`comparisons`), which JSON's selectors (`selectors`) find.

Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax" (2026-11).
"""
