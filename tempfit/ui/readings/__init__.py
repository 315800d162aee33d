"""The readings on the page: one's own, and the table to edit them."""
