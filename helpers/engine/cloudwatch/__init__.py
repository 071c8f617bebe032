"""Amazon CloudWatch metrics, where LocalStack 4.9.2 differs.

`datapoints` reads what was published and computes statistics, percentiles included; `metric_statistics` answers
GetMetricStatistics; `metric_data` answers GetMetricData, whose expressions `metric_math` evaluates.
"""
