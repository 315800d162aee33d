"""The lesson: one step of it at a time, beside the stage."""
