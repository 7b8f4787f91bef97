"""How the drawing is looked at: how much its boxes say, and what is marked on them."""

from typing import NamedTuple


class Look(NamedTuple):
    """What a person chose to see; nothing of it is in the file."""

    full: bool = False
    """Whether boxes say their kind and technology too."""
    overlay: str = ""
    """The name of what is marked; empty for the usual marks, load and red flags."""
