"""Components in the frames of their groups, and ids that no chart language reads as a word of its own."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from studio.model.component import Component
from studio.model.design import Design
from studio.model.references import free_id

_RESERVED: Final = frozenset(
    {
        "bt", "call", "class", "classdef", "click", "constructor", "default", "direction", "end", "flowchart", "graph",
        "href", "interpolate", "linkstyle", "lr", "rl", "style", "subgraph", "tb", "td", "title", "update", "v",
    }
)  # fmt: skip
"""Words Mermaid reads as its own where an id stands, also as a part of an id before a hyphen; and one of JavaScript."""


class Frame(NamedTuple):
    """A group with what lies directly in it, in file order."""

    name: str
    """The last part of the group's path; empty for the whole design."""
    components: tuple[Component, ...]
    frames: tuple["Frame", ...]


def frames(design: Design, path: tuple[str, ...] = ()) -> Frame:
    """The frame of a group and all frames within; the whole design for the empty path."""
    depth = len(path)
    within = [component for component in design.components if component.groups[:depth] == path]
    inner = dict.fromkeys(component.groups[: depth + 1] for component in within if len(component.groups) > depth)
    return Frame(
        path[-1] if path else "",
        tuple(component for component in within if len(component.groups) == depth),
        tuple(frames(design, found) for found in inner),
    )


def node_ids(design: Design) -> Mapping[str, str]:
    """An id for each component that is no word of Mermaid: its own wherever that is none."""
    found: dict[str, str] = {}
    for component in design.components:
        found[component.id] = free_id(_harmless(component.id), found.values())
    return found


def _harmless(id_: str) -> str:
    """`end-user` ends a frame and `a--b` is an arrow: such ids get underscores instead of hyphens."""
    parts = id_.rstrip("-_").split("-")
    plain = "-".join(parts) if all(part and part not in _RESERVED for part in parts) else "_".join(parts)
    return f"{plain}_node" if plain in _RESERVED or not re.search(r"[a-z]", plain) else plain
