"""How an export may be shaped."""

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from studio.exports.frame.overlays import OverlayName


class Options(NamedTuple):
    """The choices of whoever exports; formats ignore what does not concern them."""

    width: int | None = None
    """Most columns a drawing should take."""
    direction: Literal["TB", "LR"] = "TB"
    engine: Literal["own", "dot"] | None = None
    """Who draws: this program, or Graphviz. None: this program wherever it can."""
    overlay: "OverlayName | None" = None
    """What is written on the drawing beside names."""
    boxes: Literal["compact", "full"] = "compact"
    """A name, or kind and technology below it."""
    notation: Literal["flowchart", "c4"] = "flowchart"
    """What kind of Mermaid diagram."""
    folder: bool = False
    """Whether the place to write to is a folder, so that several files may be written."""
    per_component: bool = False
    """Whether each component gets a contract of its own, in a folder of its own."""


PLAIN = Options()
"""Nothing chosen."""
