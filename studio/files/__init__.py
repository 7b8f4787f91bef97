"""Design files: read with every problem named, written canonically, saved without losing a person's text."""
