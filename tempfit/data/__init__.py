"""The readings: where they are from, how they are read, and what they are."""
