"""Documents for programs as JSON text."""

import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from studio.text import visible_json


def as_text(document: object) -> str:
    """JSON on several lines, with nothing in it that could act on a terminal."""
    return visible_json(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def known(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence in the types JSON has: days as texts, sets as sorted lists; a figure that is none is null."""
    return {str(name): _plain(value) for name, value in evidence.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return known(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
