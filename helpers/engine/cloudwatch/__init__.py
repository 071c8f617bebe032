"""Amazon CloudWatch metrics and alarms, where LocalStack 4.9.2 differs.

`metric_queries` are checked, and so is what is `published`. `datapoints` reads that and computes statistics, with
`trimmed_statistics` (percentiles and the like); `metric_statistics` answers GetMetricStatistics; `metric_data` answers
GetMetricData, whose expressions `metric_math` evaluates, with `math_functions` and `metric_search`, and whose labels
`dynamic_labels` fills in. `metric_listing` lists metrics. `pages` reads tokens of lists.

Alarms: `alarm_settings` takes them, `alarm_checks` refuses some, `alarm_listing` shows them. `alarm_clock` says when
one is evaluated; `alarm_data` reads its datapoints, `alarm_evaluation` finds its state. `alarm_states` changes it,
which `alarm_history` notes and `alarm_actions` act on, with `alarm_messages`. `composite_alarms` follow the rules
that `alarm_rules` reads.

`dashboards` are kept.
"""
