"""Where imported parts came from: written into them, so that a later import of the same file finds them again."""

from collections.abc import Mapping
from typing import Any, Final

from studio.imports.frame.imported import Imported
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.document import document
from studio.model.origin import Origin
from studio.text import one_line, shortened

SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "components": (
        "name", "kind", "technology", "purpose", "owner", "group", "instances", "state", "needs_to_start", "model",
        "health_check",
    ),
    "connections": ("carries", "protocol", "mode", "encrypted"),
}  # fmt: skip
"""Keys that imports give, by section; how sure one was, and calls taken out of a circle, are no words of a file."""
_LONGEST: Final = 200
_DIGITS: Final = 10


def with_origins(found: Imported, format_: str, path: str) -> Imported:
    """The skeleton with the origin of each part that its text has a name for."""
    keys = {id_: key for (section, id_), key in found.keys.items() if section == "components"}
    design = found.design

    def marked(section: str, part: Any) -> Any:
        key = found.keys.get((section, part.id))
        if key is None:
            return part
        origin = Origin(
            format=format_,
            path=one_line(path),
            key=shortened(one_line(key), _LONGEST),
            hash=digest(said(section, part, keys)),
        )
        return part.changed(origin=origin)

    return found._replace(
        design=design.changed(
            components=tuple(marked("components", part) for part in design.components),
            connections=tuple(marked("connections", part) for part in design.connections),
        )
    )


def said(section: str, part: Component | Connection, keys: Mapping[str, str]) -> dict[str, Any]:
    """What a part says of that which imports give; other components by their keys in the file, if they have one."""
    found = {key: value for key, value in document(part).items() if key in SAID[section]}
    if "needs_to_start" in found:
        found["needs_to_start"] = [keys.get(id_, id_) for id_ in found["needs_to_start"]]
    return found


def digest(words: Mapping[str, Any]) -> str:
    """Ten hexadecimal digits of what a part says, whatever the order of its keys."""
    import hashlib
    import json

    text = json.dumps(words, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def keys_of(design: Design) -> dict[str, str]:
    """The keys of imported components by their ids."""
    return {part.id: part.origin.key for part in design.components if part.origin and part.origin.key}
