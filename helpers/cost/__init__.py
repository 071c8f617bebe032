"""The cost of Lambda: from REPORT lines to a monthly bill.

- `prices`: what AWS publishes, with the page and the date.
- `workload`: how a function is used in a month, and what that uses of each price; `measuring`: from REPORT lines.
- `budget`: a budget alarm before labs create anything in AWS.
- `creations`: what each lab creates in AWS and about what that costs, before it runs there.
- `bill`: the lines, their sum and their format.
"""
