"""Laws of time: one queue, and times put together."""
