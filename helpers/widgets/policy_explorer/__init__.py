"""Which statement decides on a request, and what would an edit change: `policy_explorer` and its `form`."""
