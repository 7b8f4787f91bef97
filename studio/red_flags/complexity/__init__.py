"""Whether it is simpler than it could be."""
