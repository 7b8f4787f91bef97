"""Compose files: YAML with places, files laid over each other, services, hosts that are named, and what they become."""
