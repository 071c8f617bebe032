"""One function at several memory sizes: `memory_sweep` measures, `result` holds time and cost, `chart` draws them."""
