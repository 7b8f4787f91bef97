"""Keeping data, and keeping it from others."""
