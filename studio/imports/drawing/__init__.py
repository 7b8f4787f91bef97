"""Text drawings: where they lie in a file, and what they say."""
