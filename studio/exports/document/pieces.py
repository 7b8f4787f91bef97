"""What sections are built of: paragraphs, lists, tables, and a word for what is missing."""

from collections.abc import Iterable, Sequence

from studio.exports.frame.escaping import markdown, markdown_block
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Part
from studio.units import Dimension, Quantity, as_written


def paragraphs(*blocks: str) -> str:
    """Blocks a blank line apart, empty ones left out."""
    return "\n\n".join(block for block in blocks if block)


def heading(text: str, level: int = 3) -> str:
    """A heading of the document; its text is ours or escaped."""
    return f"{'#' * level} {markdown(text)}"


def points(items: Iterable[str]) -> str:
    """A list of a person's words."""
    return "\n".join(f"- {markdown(item)}" for item in items)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are escaped here, and an empty one is a dash. No rows, no table."""
    lines = [f"| {' | '.join(markdown(cell) or '–' for cell in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *lines])


def missing(*fields: str) -> str:
    """What nobody has said yet, and where to say it."""
    named = ", ".join(f"`{field}`" for field in fields)
    return f"*Not stated yet. To fill it, give {named} in the design.*"


def in_own_unit(duration: Quantity) -> str:
    """A duration as a person would write it: `3 weeks`; a range as `2 weeks to 4 weeks`."""
    ends = as_written(duration, Dimension.DURATION)
    return " to ".join(map(str, ends)) if isinstance(ends, list) else str(ends)


def said(text: str | None, field: str) -> str:
    """A person's words, or what is missing."""
    return markdown_block(text) if text else missing(field)


def fields(part: Part | None, place: str, names: Iterable[str]) -> str:
    """Named fields of a part as a list in words, each missing one named with its place in the file."""
    lines = []
    for key in names:
        value = getattr(part, shapes(type(part))[key].name) if part is not None else None
        label = key.replace("_", " ").capitalize()
        lines.append(f"- **{label}**: {markdown(str(value)) if value else missing(f'{place}.{key}')}")
    return "\n".join(lines)


def currency(design: Design) -> str:
    """The currency of all amounts of a design, escaped: US dollars when it names none."""
    return markdown(design.requirements.cost.currency or "USD")
