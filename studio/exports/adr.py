"""The decisions as a folder of MADR 4.0 records, one file each, numbered in the order of the design.

Source of the form: Markdown Architectural Decision Records, adr.github.io/madr, version 4.0.0 (2024).
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from studio.analysis import Analysis
from studio.comparisons import ComparisonError, parse
from studio.exports.frame.escaping import markdown
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design
from studio.model.document import document
from studio.model.records import Decision, Option
from studio.text import one_line, visible_json

SUFFIX = "_decisions"
GLOBS: Final = ("*.md",)
ADVICE: Final = {"": "read it with tenfold import adr, or replace it with --force"}
_BLANK: Final = 'tenfold: {"digest": "", '
_MARK: Final = re.compile(r'(---\n(?:[a-z-]+: .*\n)*?tenfold: \{"digest": ")([0-9a-f]{8})(?=", )')


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> Mapping[str, str]:
    """The text of each record by its name, `0001-ID.md`; read back by `tenfold import adr` they say the same.

    What MADR has no place for stands as one line of JSON in the front matter. A design without decisions gives none.
    """
    del analysis, options
    return {f"{number:04}-{d.id}.md": _record(d) for number, d in enumerate(design.decisions, start=1)}


def owns(name: str, text: str) -> bool:
    """Whether a file is a record as this program wrote it; one that somebody has changed since is theirs."""
    plain = text.replace("\r\n", "\n")
    found = _MARK.match(plain)
    blank = f"{found[1]}{plain[found.end() :]}" if found else ""
    return name.endswith(".md") and found is not None and found[2] == _digest(blank)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _record(decision: Decision) -> str:
    blocks = [
        "\n".join(_front_matter(decision)),
        f"# {markdown(decision.label)}",
        "## Context and Problem Statement",
        _lines(decision.context or "") or "What forced it is not written down: `context` of the decision says it.",
        "## Considered Options",
        "\n".join(f"* {_named(option)}" for option in decision.options) or "None are written down.",
        "## Decision Outcome",
        _outcome(decision),
        *_consequences(decision),
        *_confirmation(decision),
        *_weighed(decision),
    ]
    text = "\n\n".join(blocks) + "\n"
    return text.replace(_BLANK, _BLANK.replace('""', f'"{_digest(text)}"'), 1)


def _front_matter(decision: Decision) -> Iterator[str]:
    yield "---"
    if decision.status is not None:
        yield f"status: {decision.status}"
    if decision.decided is not None:
        yield f"date: {decision.decided.isoformat()}"
    if decision.decided_by:
        yield f"decision-makers: {_json(list(decision.decided_by))}"
    said = {
        "digest": "",
        "id": decision.id,
        "title": decision.title,
        "about": list(decision.about),
        "chosen": decision.chosen,
        "options": {option.id: option.name for option in decision.options},
        **_compared(decision),
    }
    yield f"tenfold: {_json(said)}"
    yield "---"


def _compared(decision: Decision) -> dict[str, object]:
    """What the options would change, and what counts how much; only where somebody said it."""
    kept = ("set", "without")
    edits = {o.id: {k: v for k, v in document(o).items() if k in kept} for o in decision.options if o.is_edit}
    weights = document(decision.weights) if decision.weights is not None else {}
    return {**({"edits": edits} if edits else {}), **({"weights": weights} if weights else {})}


def _json(value: object) -> str:
    """JSON on one line, which is YAML too."""
    return visible_json(json.dumps(value, ensure_ascii=False)).replace("\x85", "\\u0085").replace("\u2028", "\\u2028")


def _named(option: Option) -> str:
    return markdown(option.name or option.id)


def _outcome(decision: Decision) -> str:
    why = _lines(decision.why or "")
    if decision.chosen is None:
        return f"No option is chosen yet: {why}" if why else "No option is chosen yet."
    names = {option.id: option.name or option.id for option in decision.options}
    chosen = markdown(names.get(decision.chosen, decision.chosen)).replace('"', '\\"')
    return f'Chosen option: "{chosen}"' + (f", because {why}" if why else ".")


def _consequences(decision: Decision) -> list[str]:
    """What speaks for the chosen option is gained, what speaks against it is borne."""
    chosen = next((option for option in decision.options if option.id == decision.chosen), None)
    points = _points(chosen) if chosen else ""
    return ["### Consequences", points] if points else []


def _points(option: Option) -> str:
    good = (f"* Good, because {markdown(point)}" for point in option.pros)
    bad = (f"* Bad, because {markdown(point)}" for point in option.cons)
    return "\n".join((*good, *bad))


def _confirmation(decision: Decision) -> list[str]:
    """When it must be looked at again, and what watches that."""
    if decision.revisit_when is None:
        return []
    if "`" not in decision.revisit_when and _is_comparison(decision):
        said = f"`{one_line(decision.revisit_when)}`\n\nIt is a comparison on the figures of `tenfold estimate`."
    else:
        said = markdown(decision.revisit_when)
    return ["### Confirmation", f"Look at it again when: {said}"]


def _is_comparison(decision: Decision) -> bool:
    try:
        parse(decision.revisit_when or "")
    except ComparisonError:
        return False
    return True


def _weighed(decision: Decision) -> Iterator[str]:
    if not decision.options:
        return
    yield "## Pros and Cons of the Options"
    for option in decision.options:
        yield f"### {_named(option)}"
        yield _points(option) or "Nothing is written down for or against it."


def _lines(text: str) -> str:
    """Words on several lines, each line as it is, nothing in them acting; blank lines at both ends go."""
    lines = [_UNDERLINES.sub(r"\\\g<0>", markdown(line)) for line in text.strip().splitlines()]
    return "\n".join(lines)


_UNDERLINES: Final = re.compile(r"^(?:-{2,}|={2,}|\+{2,})\s*$")
"""A line of these alone makes a heading of the line above it, or a rule."""
