"""Many requests to one function: `load` sends them, `result` says how they were answered."""
