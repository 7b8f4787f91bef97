"""`tenfold diff --format markdown`: a comment on a pull request, what it does open, every change folded."""

from collections.abc import Iterator, Sequence
from typing import Final

from studio.cli.frame import difference_words as said
from studio.cli.frame.difference import Difference
from studio.cli.frame.estimate_sides import currency
from studio.cli.reports.markdown import words

MARK: Final = "<!-- tenfold diff -->"
"""The first line: by it whoever posts the comment finds the one to replace."""
MOST_ROWS: Final = 100
"""Rows of one table; the rest is counted, so that no forge refuses the comment for its length."""


def as_markdown(found: Difference) -> str:
    """The whole comment; nothing a person wrote acts in it."""
    name = found.new.analysis.design.design.name
    parts = [MARK, f"## {words(name)}: {said.count(found)}"]
    if found.changes:
        parts += [*_table(("", "before", "after", "change"), _figures(found)), *_verdicts(found), *_folded(found)]
    return "\n\n".join(parts)


def _figures(found: Difference) -> list[Sequence[str]]:
    money = currency(found.new.analysis.estimates)
    rows: list[Sequence[str]] = [
        [words(cell) for cell in said.figure(change, money)] for change in said.moved_figures(found)
    ]
    before, after = found.does.breaks_first
    if before != after:
        rows.append(("breaks first", words(said.breaks_first(before)), words(said.breaks_first(after)), ""))
    return rows


def _verdicts(found: Difference) -> Iterator[str]:
    """What turned, as lists; what got better and what got worse apart."""
    does = found.does
    worse = [
        *(said.crossing(crossing) for crossing in does.crossings if crossing.is_worse),
        *(said.turn(turn) for turn in does.targets if turn.turn == "newly missed"),
        *(f"scenario {id_} fails" for id_ in does.failing),
        *(f"new {said.flag(finding)}: {finding.verdict.message}" for finding in does.flags.new),
        *(f"worse {said.flag(w.finding)}: {w.reason}" for w in found.worsened),
    ]
    better = [
        *(said.crossing(crossing) for crossing in does.crossings if not crossing.is_worse),
        *(said.turn(turn) for turn in does.targets if turn.turn == "newly met"),
        *(f"scenario {id_} holds" for id_ in does.holding),
        *(f"resolved {said.flag(finding)}" for finding in does.flags.resolved),
    ]
    other = [
        *(said.turn(turn) for turn in does.targets if turn.turn not in ("newly met", "newly missed")),
        *(f"no longer told {said.flag(finding)}" for finding in does.flags.no_longer_told),
    ]
    for heading, lines in (("Worse", worse), ("Better", better), ("To know", other)):
        if lines:
            yield f"**{heading}**"
            yield "\n".join((*(f"- {words(line)}" for line in lines[:MOST_ROWS]), *_rest(lines)))
    yield f"Red flags: {found.unchanged_flags} unchanged. Rules: {said.coverage(found)}."


def _folded(found: Difference) -> Iterator[str]:
    rows: list[Sequence[str]] = []
    for part in found.changes:
        head = f"{part.sort} {said.called(part)}"
        place = said.places(part, found)
        if part.sort in ("added", "removed"):
            rows.append((words(head), words(said.gist(part)), words(place)))
        else:
            lines = [f"{key}: {what}" for key, what in map(said.field, part.fields)]
            rows.append((words(head), "<br>".join(map(words, lines)), words(place)))
    table = "\n".join(_table(("part", "what", "where"), rows))
    yield f"<details><summary>every change</summary>\n\n{table}\n\n</details>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    lines = [head, ["---"] * len(head), *rows[:MOST_ROWS]]
    return ["\n".join(f"| {' | '.join(row)} |" for row in lines), *(_rest(rows))]


def _rest(rows: Sequence[object]) -> list[str]:
    more = len(rows) - MOST_ROWS
    return [f"- … and {more} more, which `tenfold diff` lists"] if more > 0 else []
