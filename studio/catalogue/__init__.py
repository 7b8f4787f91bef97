"""Patterns and technologies: typed entries, found by where their files lie, searched, shown and applied."""
