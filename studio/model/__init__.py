"""The design as frozen, closed types: everything a person said, in base units, nothing derived."""
