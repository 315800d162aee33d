"""Settings for all tests."""

from hypothesis import settings

# The same examples every time, and no deadline: a shared computer may be slow for a moment.
settings.register_profile("tempfit", derandomize=True, deadline=None, max_examples=24)
settings.load_profile("tempfit")
