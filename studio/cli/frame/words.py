"""Rows of text for what the estimates say."""

from studio.estimates.results import Target
from studio.estimates.wording import titled, worded

MARKS = {True: "✓ met", False: "✗ missed", None: "? unknown"}


def shown_target(target: Target) -> tuple[str, ...]:
    """One target: its name, what is wanted, what the design gives, whether that is met, and what would meet it."""
    return (
        titled(target.target),
        f"wanted {worded(target.target, target.wanted)}",
        f"got {worded(target.target, target.got)}",
        MARKS[target.met],
        target.to_meet or "",
    )
