"""What formats share: their options, which of them exist, text made safe for each language."""
