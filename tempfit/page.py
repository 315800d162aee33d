"""The page as one frozen value, and the moves from one page to the next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what the page is showing."""
