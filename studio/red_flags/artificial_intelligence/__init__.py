"""Language models, agents and their bills."""
