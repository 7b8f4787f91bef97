"""What reports share: what was inspected, where it lies, how it is worded."""
