"""Measure tempfit beside what people would write without it."""
