"""Whether these people can build and run it."""
