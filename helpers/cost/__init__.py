"""The cost of Lambda: from REPORT lines to a monthly bill.

- `prices`: what AWS publishes, with the page and the date.
- `workload`: how a function is used in a month, and what that uses of each price; `measuring`: from REPORT lines.
- `bill`: the lines, their sum and their format.
"""
