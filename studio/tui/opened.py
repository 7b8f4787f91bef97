"""What screens may ask of the application: to open a design."""

from pathlib import Path
from typing import Protocol, runtime_checkable


@runtime_checkable
class Opens(Protocol):
    """Opens designs."""

    def open(self, path: Path) -> None:
        """Opens a design file in a screen of its own."""
