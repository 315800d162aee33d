"""Runs and experiments, and the loop that trains them by autograd."""
