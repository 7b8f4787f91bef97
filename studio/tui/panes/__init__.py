"""The five panes; each has `show` and posts what it wants done."""
