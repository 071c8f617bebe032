"""The statement that decides on a request, and the effect of an edit: `policy_explorer` and its `form`."""
