"""Words of decision records: what our own ones keep beside MADR, and on which side a point stands."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from studio.imports.records.parsing import Section, block, bullets, plain
from studio.model.records import Option, Weights
from studio.model.values import ID_PATTERN
from studio.text import control_character

EMPTY: Final = (
    "What forced it is not written down:", "None are written down.", "Nothing is written down for or against it.",
)  # fmt: skip
"""What stands in our own records where nobody said anything."""
_LABEL: Final = re.compile(r"\W*(pros?|advantages|benefits|cons?|disadvantages|drawbacks)\W*", re.IGNORECASE)
_WEIGHT: Final = re.compile(
    r"(?:\*\*)?(Good|Bad|Neutral|Pro|Con)(?:\*\*)?(?:[,:]|\b(?= because))(?: because| since)? ?(.*)", re.IGNORECASE
)


def ours(text: str) -> dict[str, Any]:
    """What our own records keep beside MADR; empty where it is none of ours or somebody broke it."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not ID_PATTERN.fullmatch(found["id"]):
        return {}
    about, options, title = found.get("about"), found.get("options"), found.get("title")
    is_whole = (
        isinstance(about, list)
        and all(isinstance(id_, str) and ID_PATTERN.fullmatch(id_) for id_ in about)
        and isinstance(options, dict)
        and all(ID_PATTERN.fullmatch(id_) and _is_line(name) for id_, name in options.items())
        and _is_line(title)
        and _is_line(found.get("chosen"))
    )
    return found if is_whole else {}


def edit_of(kept: Mapping[str, Any], id_: str) -> dict[str, Any]:
    """What our own record says an option would change; nothing where somebody broke it."""
    edits = kept.get("edits")
    said = edits.get(id_) if isinstance(edits, dict) else None
    if not isinstance(said, dict) or not said.keys() <= {"set", "without"}:
        return {}
    try:
        option = Option.model_validate({"id": id_, **said})
    except ValidationError:
        return {}
    return {name: value for name in ("settings", "without") if (value := getattr(option, name))}


def weights_of(kept: Mapping[str, Any]) -> Weights | None:
    """The weights our own record keeps; None where somebody broke them."""
    try:
        return Weights.model_validate(kept["weights"]) if "weights" in kept else None
    except ValidationError:
        return None


def _is_line(value: object) -> bool:
    """Whether it is nothing, or words on one line that a design may hold."""
    return value is None or (isinstance(value, str) and control_character(value, lines=False) is None)


def said_in(section: Section | None) -> str:
    """The words of a section; none where our own records say that nobody said anything."""
    text = block(section.text) if section else ""
    return "" if text.startswith(EMPTY) else text


def before_bullets(section: Section) -> str:
    """What stands above the first point, on one line."""
    lines = []
    for line in section.lines:
        if re.match(r"\s*(?:[*+-]|\d+[.)])\s", line):
            break
        lines.append(line)
    return plain(" ".join(" ".join(lines).split()))


def weight(point: str, usual: str = "pros") -> tuple[str, str]:
    """The side a point stands on, and its words; without a word of weight it stands on the usual side."""
    found = _WEIGHT.fullmatch(point)
    if found is None:
        return usual, plain(point)
    side = {"good": "pros", "pro": "pros", "bad": "cons", "con": "cons"}.get(found[1].lower(), "pros")
    return side, plain(f"neutral: {found[2]}" if found[1].lower() == "neutral" else found[2])


def unlinked(text: str) -> str:
    """`[option 1](#option-1)` as `option 1`, and `[option 1]` of the templates too."""
    return re.sub(r"\[([^\[\]]+)\](?:\([^()]*\))?", r"\1", text)


def weighed_points(section: Section) -> tuple[dict[str, list[str]], str]:
    """The pros and cons below an option, by the words they begin with or by the label above them; and its prose."""
    found: dict[str, list[str]] = {"pros": [], "cons": []}
    prose: list[str] = []
    held: list[str] = []
    usual = "pros"
    for line in (*section.lines, ""):
        label = _LABEL.fullmatch(line)
        is_point = re.match(r"\s*(?:[*+-]|\d+[.)])\s", line) is not None
        if label is None and (is_point or (held and line.strip())):
            held.append(line)
            continue
        for point in bullets(tuple(held)):
            side, said = weight(point, usual)
            found[side].append(said)
        held = []
        if label is not None:
            usual = "cons" if label[1].lower()[:3] in ("con", "dis", "dra") else "pros"
        elif line.strip(" -*_"):
            prose.append(line.strip())
    return found, plain(" ".join(prose))
