"""Inside one epoch: its numbers, its graph, its code, and what breaks it."""
