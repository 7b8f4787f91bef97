"""Where each figure comes from."""
