"""The lesson: steps that ask, what counts as having done one, and how far somebody has come."""
