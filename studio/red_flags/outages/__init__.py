"""What long outages are made of."""
