"""What was asked for, and whether it can be judged."""
