"""Red flags: one file a rule, found by where it lies; each says failed, passed, not applicable or unknown."""
