"""How much it carries, and what gives way first."""
