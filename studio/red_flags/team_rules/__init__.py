"""The settings of a team: how the file is read, and how red flags are made of what it says."""
