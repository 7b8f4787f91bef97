"""What breaks first as load grows, what mends it, and what then breaks next."""
