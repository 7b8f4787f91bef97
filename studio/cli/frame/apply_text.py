"""What applying a pattern does, in words."""

from collections.abc import Iterator

from studio.applying import Preview
from studio.cli.frame.terminal import table
from studio.estimates.wording import worded


def as_text(preview: Preview) -> str:
    """What is added and changed, the figures before and after, the flags that go and come, the needs that are not met.

    `+` is new, `~` was another way before, `·` is worth knowing.
    """
    return "\n".join(_lines(preview))


def _lines(preview: Preview) -> Iterator[str]:
    yield preview.edit.label
    for added in (*preview.components, *preview.connections):
        yield f"  + {added}"
    for changed in (*preview.moves, *preview.changes, *preview.journeys):
        yield f"  ~ {changed}"
    for field in preview.sets:
        yield f"  + {field}"
    for note in preview.notes:
        yield f"  · {note}"
    moving = [f for f in preview.figures if f.before != f.after]
    yield from table([(f"  {f.name}", worded(f.name, f.before), "→", worded(f.name, f.after)) for f in moving])
    for flag in preview.resolved:
        yield f"  ✓ resolves {flag}"
    for flag in preview.introduced:
        yield f"  ! introduces {flag}"
    for need in preview.needs:
        if need.met is not True:
            yield f"  {'✗ not met' if need.met is False else '? unknown'}: {need.need.check.text}: {need.advice}"
