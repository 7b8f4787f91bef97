"""tenfold: a terminal studio for software system design."""

__version__ = "0.1.0"
