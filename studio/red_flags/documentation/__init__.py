"""Whether the next person can know why."""
