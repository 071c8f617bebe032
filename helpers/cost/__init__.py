"""What Lambda costs: `prices` as AWS publishes them, a `workload`, and its monthly `bill`."""
