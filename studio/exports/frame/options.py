"""How an export may be shaped."""

from typing import Literal, NamedTuple


class Options(NamedTuple):
    """The choices of whoever exports; formats ignore what does not concern them."""

    width: int | None = None
    """Most columns a text diagram should take."""
    direction: Literal["TB", "LR"] = "TB"


PLAIN = Options()
"""Nothing chosen."""
