"""An edit tried out: what it changes in the file, and what becomes of figures and flags, before it is done."""

import difflib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from studio.analysis import Analysis, requirement_figure
from studio.edits.edit import Edit, applied
from studio.errors import SaveRefused
from studio.estimates.wording import titled, worded
from studio.files.saving import merged
from studio.text import listed
from studio.tui.lines.rows import Row, Span, words

if TYPE_CHECKING:
    from studio.applying import Difference

FIGURES: Final = ("p99_ms", "availability", "cost_per_month", "complexity")
MOST_LINES: Final = 40
"""Lines of the file that are shown; of more only the number is told."""


class Trial(NamedTuple):
    """What an edit would do."""

    edit: Edit
    after: Analysis
    lines: tuple[str, ...]
    """Of the file, each with `-` or `+` before it."""
    figures: "tuple[Difference, ...]"
    resolved: tuple[str, ...]
    """Findings that go, as `RULE subject`."""
    introduced: tuple[str, ...]
    """Findings that come."""


def trial(before: Analysis, edit: Edit, text: str) -> Trial:
    """Tries an edit out; `text` is the file as it would be saved now. Raises `EditRefused` when it cannot be done."""
    from studio.applying import Difference

    changed = applied(edit, before.design)
    after = before.instead(changed)
    was, will = _flags(before), _flags(after)
    try:
        lines = tuple(changed_lines(text, merged(text, before.design, changed)))
    except SaveRefused:
        lines = ()
    return Trial(
        edit,
        after,
        lines,
        tuple(Difference(name, _figure(before, name), _figure(after, name)) for name in FIGURES),
        tuple(flag for flag in was if flag not in will),
        tuple(flag for flag in will if flag not in was),
    )


def changed_lines(before: str, after: str) -> Iterator[str]:
    """The lines that go and those that come, as in a patch, without their surroundings."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    yield from (line for line in islice(found, 2, None) if line[:1] in ("-", "+"))  # the first two name the files


def _flags(analysis: Analysis) -> tuple[str, ...]:
    return tuple(f"{finding.rule.id} {finding.on}" for finding in analysis.report.findings if finding.accepted is None)


def _figure(analysis: Analysis, name: str) -> float | None:
    value = requirement_figure(analysis, name)
    return value if isinstance(value, float | int) else None


# Rows ----------------------------------------------------------------------------------------------------------------


def trial_rows(found: Trial) -> Iterator[Row]:
    """What an edit would do, as rows."""
    yield words("file", Span("in the file", "title"))
    for number, line in enumerate(found.lines[:MOST_LINES]):
        role = "good" if line.startswith("+") else "bad"
        yield words(f"line:{number}", Span(f"{line[:1]} ", role), line[1:] or " ", wraps=True, indent=2)
    if len(found.lines) > MOST_LINES:
        yield words("more-lines", Span(f"  and {len(found.lines) - MOST_LINES} lines more", "dim"))
    if not found.lines:
        yield words("no-lines", Span("  nothing", "dim"))
    yield from figure_rows(found.figures)
    yield from flag_change_rows(found.resolved, found.introduced)


def figure_rows(figures: "tuple[Difference, ...]") -> Iterator[Row]:
    """Figures that become others, each on its line; what stays is said once."""
    yield words("figures", Span("figures before → after", "title"))
    same = []
    for figure in figures:
        before, after = worded(figure.name, figure.before), worded(figure.name, figure.after)
        if before == after:
            same.append(titled(figure.name))
        else:
            caption = Span(f"  {titled(figure.name):<16} ", "dim")
            yield words(f"figure:{figure.name}", caption, Span(f"{before} → {after}", "strong"))
    if same:
        yield words("same-figures", Span(f"  as before: {listed(same)}", "dim"), wraps=True, indent=2)


def flag_change_rows(resolved: tuple[str, ...], introduced: tuple[str, ...]) -> Iterator[Row]:
    """Flags that go and come."""
    yield words("flags", Span("flags", "title"))
    for flag in resolved:
        yield words(f"resolved:{flag}", Span("✓ resolves ", "good"), flag)
    for flag in introduced:
        yield words(f"introduced:{flag}", Span("! brings ", "warning"), flag)
    if not resolved and not introduced:
        yield words("same", Span("  as they are", "dim"))
