"""Autograd opened up: one epoch of a run under the glass."""
