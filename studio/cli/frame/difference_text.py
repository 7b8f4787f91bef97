"""`tenfold diff` as a person reads it in a terminal."""

from collections.abc import Iterator

from studio.cli.frame import difference_words as words
from studio.cli.frame.difference import Difference
from studio.cli.frame.estimate_sides import currency
from studio.cli.frame.terminal import table
from studio.text import one_line

_SIGNS = {"added": "+", "removed": "−", "changed": "~", "renamed": "~"}
_TURNS = {"newly met": "✓", "newly missed": "!"}


def as_text(found: Difference) -> str:
    """What changed with lines and values, then what it does; or that the two are the same design.

    `+` came, `−` went, `~` is another; `✓` is better, `!` is worse.
    """
    head = f"{one_line(found.old.name)} → {one_line(found.new.name)}: {words.count(found)}"
    if not found.changes:
        return head
    parts = (_changes, _figures, _turns, _rest)
    blocks = ("\n".join(part(found)) for part in parts)
    return "\n\n".join((head, *filter(None, blocks)))


def _changes(found: Difference) -> Iterator[str]:
    for part in found.changes:
        place = words.places(part, found)
        yield f"{_SIGNS[part.sort]} {words.called(part)}{f'  {place}' if place else ''}"
        if part.sort in ("added", "removed"):
            yield f"    {words.gist(part)}" if part.fields else "    nothing is said of it"
        else:
            yield from table((f"    {key}", what) for key, what in map(words.field, part.fields))


def _figures(found: Difference) -> Iterator[str]:
    money = currency(found.new.analysis.estimates)
    rows = [(f"  {name}", before, "→", after, delta) for name, before, after, delta in (
        words.figure(change, money) for change in words.moved_figures(found)
    )]  # fmt: skip
    before, after = found.does.breaks_first
    if before != after:
        rows.append(("  breaks first", words.breaks_first(before), "→", words.breaks_first(after), ""))
    yield "what it does"
    yield from table(rows)
    if not rows:
        yield "  no figure of the whole design moves"


def _turns(found: Difference) -> Iterator[str]:
    does = found.does
    for crossing in does.crossings:
        yield f"{'!' if crossing.is_worse else '✓'} {words.crossing(crossing)}"
    for turn in does.targets:
        yield f"{_TURNS.get(turn.turn, '·')} target {words.turn(turn)}"
    for id_ in does.failing:
        yield f"! scenario {id_} fails"
    for id_ in does.holding:
        yield f"✓ scenario {id_} holds"
    for finding in does.flags.new:
        yield f"! new {words.flag(finding)}: {one_line(finding.verdict.message)}"
    for worsened in found.worsened:
        yield f"! worse {words.flag(worsened.finding)}: {worsened.reason}"
    for finding in does.flags.resolved:
        yield f"✓ resolved {words.flag(finding)}"
    for finding in does.flags.no_longer_told:
        yield f"? no longer told {words.flag(finding)}"


def _rest(found: Difference) -> Iterator[str]:
    yield f"red flags: {found.unchanged_flags} unchanged"
    yield f"rules: {words.coverage(found)}"
