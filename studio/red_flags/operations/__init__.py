"""Knowing that it works, and changing it safely."""
