"""What is copied, as text: boxes and connections in the words of a design file, so that it can be pasted anywhere."""

import tomllib
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from studio.edits.copies import between
from studio.errors import EditRefused
from studio.files.writing import section_text
from studio.model.complaints import complaint
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.document import document


class Clip(NamedTuple):
    """Parts on their way from one place to another."""

    components: tuple[Component, ...]
    connections: tuple[Connection, ...]


def clip_text(design: Design, components: Iterable[str]) -> str:
    """Components and the connections between them as the tables of a design file, in file order."""
    chosen = frozenset(components)
    boxes: dict[str, Any] = {c.id: document(c) for c in design.components if c.id in chosen}
    lines: dict[str, Any] = {c.id: document(c) for c in between(design, chosen)}
    sections = (("components", boxes), ("connections", lines))
    return "\n".join(section_text(key, tree, {}).strip("\n") + "\n" for key, tree in sections if tree)


def clipped(text: str) -> Clip:
    """The components and connections of such a text, or of a whole design file. Raises `EditRefused` in words."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditRefused(f"what was copied is no part of a design file ({error}); y copies boxes") from None
    given = {key: tables[key] for key in ("components", "connections") if key in tables}
    try:
        found = Design.model_validate({"format": 1, "design": {"name": "copied"}, **given})
    except ValidationError as error:
        raise EditRefused(f"what was copied cannot be put in: {complaint(error)}") from None
    if not found.components:
        raise EditRefused("there is no box in what was copied; y copies the chosen boxes")
    return Clip(found.components, found.connections)
