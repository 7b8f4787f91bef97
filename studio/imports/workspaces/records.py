"""Decisions in the documentation of a Structurizr workspace."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from studio.imports.frame.naming import id_of
from studio.imports.workspaces.elements import Element, table, tables, text
from studio.model.records import Decision
from studio.text import one_line, visible

_STATUS: Final = {
    "accepted": "accepted", "approved": "accepted", "deprecated": "superseded", "proposed": "proposed",
    "rejected": "rejected", "superseded": "superseded",
}  # fmt: skip
_HEADING: Final = re.compile(r"^#{1,4}[ \t]*(context|decision|consequences)\b[^\n]*$", re.IGNORECASE | re.MULTILINE)


def decisions(workspace: Mapping[str, Any], known: Mapping[str, Element], ids: Mapping[str, str]) -> Iterator[Decision]:
    """The decisions of the workspace and of its elements; `ids` are those of components by the ids of elements."""
    taken: set[str] = set()
    for raw in tables(table(workspace, "documentation"), "decisions"):
        yield _decision(raw, text(raw, "elementId"), ids, taken)
    for element in known.values():
        for raw in tables(table(element.raw, "documentation"), "decisions"):
            yield _decision(raw, element.id, ids, taken)


def _decision(raw: Mapping[str, Any], element: str, ids: Mapping[str, str], taken: set[str]) -> Decision:
    title = one_line(text(raw, "title"))
    parts = _parts(text(raw, "content"))
    said = {
        "title": title or None,
        "status": _STATUS.get(text(raw, "status").strip().casefold()),
        "about": (ids[element],) if element in ids else None,
        "context": parts.get("context"),
        "why": parts.get("decision"),
        "decided": _day(text(raw, "date")),
    }
    given = {key: value for key, value in said.items() if value}
    return Decision.model_validate({"id": id_of(title, taken, f"decision-{len(taken) + 1}"), **given})


def _parts(content: str) -> dict[str, str]:
    """The text below each heading that records of decisions have (Nygard)."""
    found = list(_HEADING.finditer(content))
    ends = [heading.start() for heading in found[1:]] + [len(content)]
    parts = {
        heading[1].casefold(): "\n".join(visible(line).rstrip() for line in content[heading.end() : end].split("\n"))
        for heading, end in zip(found, ends, strict=True)
    }
    return {key: words.strip() for key, words in parts.items() if words.strip()}


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None
