"""Clean-up: what a lab owns is removed before it runs again, and by `lab.reset()`.

- `owns`: the names that a lab declares, and the loop that removes them.
- `resource_types`: how each type (functions, REST APIs, …) is listed, named and deleted, in the order of deletion.
- `deletion`: deleting resources that need several calls.
- `sweep`: on AWS, what labs have left, by the tag that it has (`tagged`) or by its name; `sweeping`: with a
  list, a confirmation, and what was refused.
"""
