"""What it costs to run."""
