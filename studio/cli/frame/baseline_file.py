"""The file of a baseline: the findings of several designs, written by this program, read with distrust."""

import json
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from studio.cli.frame.baselines import Held
from studio.cli.frame.worsening import Mark
from studio.errors import TenfoldError
from studio.red_flags.rule import Severity
from studio.text import one_line, visible_json

FORMAT: Final = 1
MOST_BYTES: Final = 16 * 2**20
"""A larger file is no baseline this program wrote."""

Baseline = Mapping[str, tuple[Held, ...]]
"""The findings of each design, by where its file lies seen from the baseline's folder."""


def key_of(design: str, baseline: Path) -> str:
    """The name of a design in a baseline, the same from whatever folder either is named; no byte is lost on the way."""
    path = os.path.relpath(os.path.realpath(design), os.path.realpath(baseline.parent))
    return os.fsencode(path).decode(errors="backslashreplace")


def read(path: Path) -> Baseline:
    """The baseline in a file. Raises `TenfoldError` in one sentence when there is none or it says nothing valid."""
    try:
        document = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise _refused(path, f"this is no JSON ({error.msg})", error.lineno) from None
    except (RecursionError, ValueError):
        raise _refused(path, "this is no JSON that can be read") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _refused(path, f"this is no baseline of format {FORMAT}")
    try:
        return {
            str(design): tuple(_held(entry) for entry in entries["findings"])
            for design, entries in document["designs"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused(path, f"an entry is damaged ({one_line(str(error)) or 'it is of another kind'})") from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise _refused(path, "it is larger than 16 MiB, so no baseline")
        return content.decode()
    except FileNotFoundError:
        raise TenfoldError(
            f"{path}:1: there is no such baseline; check the path, or write it with --update-baseline"
        ) from None
    except UnicodeDecodeError:
        raise _refused(path, "the text is not UTF-8") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TenfoldError(f"{path}:1: the baseline cannot be read ({reason}); check the path") from None


def _refused(path: Path, what: str, line: int = 1) -> TenfoldError:
    return TenfoldError(f"{path}:{line}: {what}; mend it, or delete it and write it anew with --update-baseline")


def _held(entry: Mapping[str, Any]) -> Held:
    texts = [entry[name] for name in ("fingerprint", "rule", "on")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("fingerprint, rule and on are texts")
    evidence = {str(name): _mark(value) for name, value in entry["evidence"].items()}
    return Held(texts[0], texts[1], texts[2], Severity(entry["severity"]), entry.get("accepted") is True, evidence)


def _mark(value: object) -> Mark:
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _number(item) for name, item in value.items()}
    return _number(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value} is no figure")
    return float(value)


def written(path: Path, designs: Mapping[str, Iterable[Held]]) -> bool:
    """Writes a baseline, whole or not at all; whether that changed the file. Raises `SaveRefused`."""
    from studio.files.saving import save_bytes

    content = _content(designs).encode(errors="replace")
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass  # there is none yet, or saving will say what is wrong
    save_bytes(path, content)
    return True


def _content(designs: Mapping[str, Iterable[Held]]) -> str:
    document = {
        "format": FORMAT,
        "designs": {
            name: {"findings": [_entry(old) for old in sorted(designs[name], key=lambda old: (old.rule, old.on))]}
            for name in sorted(designs)
        },
    }
    return visible_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _entry(old: Held) -> dict[str, Any]:
    entry = old._asdict() | {"severity": old.severity.value, "evidence": dict(old.evidence)}
    return entry if old.accepted else {name: value for name, value in entry.items() if name != "accepted"}
