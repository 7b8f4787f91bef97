"""Lists of lines: what they show and how they are drawn, one line at a time."""
