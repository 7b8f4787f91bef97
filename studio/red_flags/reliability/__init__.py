"""What breaks, and what breaks with it."""
