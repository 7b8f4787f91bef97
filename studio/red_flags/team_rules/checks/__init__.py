"""The checks a rule of a team can be made of: one file each, named as in the file with `_` for `-`."""
