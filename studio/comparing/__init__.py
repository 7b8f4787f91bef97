"""Designs beside each other: what changed from one to the next, what that does, and the options of a decision."""
