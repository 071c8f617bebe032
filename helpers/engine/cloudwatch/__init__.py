"""Amazon CloudWatch metrics and alarms, where LocalStack 4.9.2 differs.

`datapoints` reads what was published and computes statistics, percentiles included; `metric_statistics` answers
GetMetricStatistics; `metric_data` answers GetMetricData, whose expressions `metric_math` evaluates.

Alarms: `alarm_settings` takes and refuses them, `alarm_listing` shows them. `alarm_clock` says when one is evaluated;
`alarm_data` reads its datapoints, `alarm_evaluation` finds its state. `alarm_states` changes it, which `alarm_history`
notes and `alarm_actions` act on, with `alarm_messages`. `composite_alarms` follow the rules that `alarm_rules` reads.
"""
