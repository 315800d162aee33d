"""The map: every learning rate at every feature scale."""
