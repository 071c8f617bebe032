"""A month of Lambda, line by line: `cost_calculator`, its `form`, and the `bar` that shows the bill's parts.

`flame` shows the parts of several bills.
"""
