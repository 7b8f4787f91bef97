"""What differs between two designs, in words; whoever prints them escapes them."""

from collections.abc import Iterator
from typing import Any, Final

from studio.cli.frame.difference import Difference
from studio.comparing.changes import FieldChange, PartChange
from studio.comparing.consequences import FULL, Crossing, FigureChange, TargetTurn
from studio.estimates.results import BreaksFirst
from studio.estimates.wording import titled, worded
from studio.model.address import dotted
from studio.red_flags.report import Finding
from studio.text import one_line, shortened

SAME: Final = "the same design"
MOST_COLUMNS: Final = 60
"""Columns of one value; the whole of it stands in the file and in the JSON."""
UNSAID: Final = "–"


def value(said: Any) -> str:
    """A value as the file writes it, in quotes only inside a list; nothing said is a dash."""
    if said is None:
        return UNSAID
    if isinstance(said, str):
        return shortened(one_line(said), MOST_COLUMNS) or "“”"
    from studio.files.writing import inline_text

    return shortened(one_line(inline_text(said)), MOST_COLUMNS)


def field(change: FieldChange) -> tuple[str, str]:
    """A field and what became of its value: `instances`, `4 → 6`; of a list what came and went."""
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list) and not _is_range(before, after):
        return change.key, _items(before, after)
    if isinstance(before, str) and isinstance(after, str) and value(before) == value(after):
        return change.key, f"{value(before)} (other words further on)"
    return change.key, f"{value(before)} → {value(after)}"


def _is_range(before: list[Any], after: list[Any]) -> bool:
    return (
        len(before) == len(after) == 2
        and not any(isinstance(end, list) for end in (*before, *after))
        and all(isinstance(end, int | float) for end in (*before, *after))
    )


def _items(before: list[Any], after: list[Any]) -> str:
    came = [f"+ {value(item)}" for item in after if item not in before]
    went = [f"− {value(item)}" for item in before if item not in after]
    return ", ".join((*went, *came)) or "another order"


def places(part: PartChange, found: Difference) -> str:
    """Where a part lies: `line 41`, or `line 38 → 41` when that differs."""
    old = None if part.was is None else found.old.line(part.was)
    new = None if part.sort == "removed" else found.new.line(part.address)
    known = [str(line) for line in dict.fromkeys((old, new)) if line is not None]
    return f"line {' → '.join(known)}" if known else ""


def called(part: PartChange) -> str:
    """`components.api`, and its old address where it had another."""
    was = f" (was {dotted(part.was)})" if part.sort == "renamed" and part.was else ""
    return f"{dotted(part.address)}{was}"


def gist(part: PartChange, words: int = 3) -> str:
    """The first values of a part that came or went: `service, 2 instances` is said as `kind service, instances 2`."""
    said = [(change.key, change.before if change.after is None else change.after) for change in part.fields]
    short = [f"{key} {value(what)}" for key, what in said if not isinstance(what, list)]
    more = len(said) - min(words, len(short))
    return ", ".join((*short[:words], *([f"and {more} more"] if more else [])))


def count(found: Difference) -> str:
    """`2 parts changed, 1 added, 1 removed`."""
    words: list[str] = []
    for sort in ("changed", "added", "removed", "renamed"):
        number = sum(change.sort == sort for change in found.changes)
        if number:
            words.append(f"{number} {'' if words else 'part ' if number == 1 else 'parts '}{sort}")
    return ", ".join(words) or SAME


def figure(change: FigureChange, currency: str) -> tuple[str, str, str, str]:
    """Name, before, after, and by how much it moved with its sign."""
    unit = f" {currency} a month" if change.name == "cost_per_month" else ""
    sides = (change.before, change.after)
    before, after = (worded(change.name, side) + ("" if side is None else unit) for side in sides)
    return title(change.name), before, after, _delta(change) or change.why_unknown


def title(name: str) -> str:
    """A figure's name for a heading: `downtime a month`."""
    names = {"peak_rps": "peak load", "downtime_minutes_per_month": "downtime in 30 days", "cost_per_month": "cost"}
    return names.get(name) or titled(name)


def _delta(change: FigureChange) -> str:
    if change.delta is None or change.delta == 0:
        return ""
    sign = "+" if change.delta > 0 else "−"
    if change.name == "availability":
        return f"{sign}{abs(change.delta) * 100:.2g} points of a per cent"
    share = f" ({sign}{abs(change.delta) / change.before:.0%})" if change.before else ""
    return f"{sign}{worded(change.name, abs(change.delta))}{share}"


def breaks_first(side: BreaksFirst | None) -> str:
    """`db at 3.2×`, or that nothing is known to break."""
    return "nothing known" if side is None else f"{side.component} at {worded('at', side.at)}"


def crossing(found: Crossing) -> str:
    """`api 62 % → 81 % of its capacity at peak, above 70 %`."""
    limit = "all it has" if found.limit == FULL else f"{found.limit:.0%}".replace("%", " %")
    before = "new" if found.before is None else worded("utilisation", found.before)
    where = "above" if found.is_worse else "below"
    return f"{found.component} {before} → {worded('utilisation', found.after)} of its capacity at peak, {where} {limit}"


def turn(found: TargetTurn) -> str:
    """`newly missed: p99 wanted 200 ms, got 340 ms, was 180 ms`."""
    target = found.after or found.before
    if target is None:
        return found.turn
    words = f"{found.turn}: {titled(target.target)} wanted {worded(target.target, target.wanted)}"
    if found.after and found.before and found.after.wanted != found.before.wanted:
        words += f" instead of {worded(target.target, found.before.wanted)}"
    if found.after is None:
        return words
    state = {True: "met", False: "missed", None: "unknown"}[found.after.met]
    got = f"{words}, got {worded(target.target, found.after.got)}"
    was = f", was {worded(target.target, found.before.got)}" if found.before is not None else ""
    return f"{got}{was}{f', {state}' if found.turn in ('new', 'other wish') else ''}"


def flag(finding: Finding) -> str:
    """`error REL001 components.db`, and who accepts it."""
    accepted = "" if finding.accepted is None else f" (accepted by {finding.accepted.by})"
    return f"{finding.severity.value} {finding.rule.id} {finding.on}{accepted}"


def coverage(found: Difference) -> str:
    """`rules that cannot tell: 16 → 14`, and how the others moved."""
    before, after = found.does.coverage
    words = {"failed": "failed", "passed": "passed", "not_applicable": "do not apply", "unknown": "cannot tell"}
    return ", ".join(f"{_moved(before[key], after[key])} {said}" for key, said in words.items())


def _moved(before: int, after: int) -> str:
    return str(after) if before == after else f"{before} → {after}"


def moved_figures(found: Difference) -> Iterator[FigureChange]:
    """The figures that a person can see move; what rounding hides is in the JSON."""
    for change in found.does.figures:
        if worded(change.name, change.before) != worded(change.name, change.after):
            yield change
