"""Many requests to one function: `load` sends them, `result` has their answers."""
