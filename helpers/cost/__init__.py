"""The cost of Lambda: `prices` as AWS publishes them, a `workload`, and its monthly `bill`."""
