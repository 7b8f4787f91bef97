"""Writes docs/generated from the code: the file format, the commands, the red flags, the catalogue, the keys.

Run it with `make docs`; a test fails when a page is stale.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from studio.catalogue.library import shipped
from studio.cli.frame.parsing import arguments_of, module_of, summary, verbs
from studio.discovery import modules
from studio.exports.frame.escaping import markdown
from studio.exports.frame.formats import formats
from studio.exports.frame.formats import module_of as format_module
from studio.imports.frame.formats import formats as import_formats
from studio.imports.frame.formats import module_of as import_module_of
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.red_flags.library import pages as rule_pages
from studio.text import listed

if TYPE_CHECKING:
    from textual.binding import Binding

HERE = Path(__file__).resolve().parent / "generated"


def file_format() -> Iterator[str]:
    """Every table and key of the design file."""
    yield "# The design file"
    yield "Made from the model. Quantities are numbers, or texts with a unit; any may be a range `[low, high]`."
    yield from _table(Design, ())


def _table(part: type[Part], place: tuple[str, ...]) -> Iterator[str]:
    name = f"[{'.'.join(place)}]" if place else "top of the file"
    values = [shape for shape in shapes(part).values() if shape.part is None]
    if values:
        rows = [f"| `{s.key}` | {_kind(s)} | {s.description}{' *(required)*' if s.required else ''} |" for s in values]
        yield "\n".join(
            [
                f"## {name}",
                "",
                (part.__doc__ or "").strip().splitlines()[0],
                "",
                "| key | value | meaning |",
                "|---|---|---|",
                *rows,
            ]
        )
    for shape in shapes(part).values():
        if shape.part is not None:
            yield from _table(shape.part, (*place, shape.key, "ID") if shape.keyed else (*place, shape.key))


def _kind(shape: FieldShape) -> str:
    single = _single(shape)
    return f"list of lists of {single}" if shape.nested else f"list of {single}" if shape.listed else single


def _single(shape: FieldShape) -> str:
    if shape.refers:
        return f"id of {listed(shape.refers, 'or')}"
    if shape.choices:
        return " · ".join(f"`{choice}`" for choice in shape.choices)
    if shape.measure is not None:
        return f"{shape.measure.dimension}, {shape.measure.bounds().removeprefix('it must be ')}"
    if shape.is_flag:
        return "true or false"
    if shape.is_whole:
        return "whole number"
    if shape.is_date:
        return "date"
    return "text" if shape.words is not None else "column and row"


def commands() -> Iterator[str]:
    """Every command with its help."""
    yield "# The commands"
    for verb in verbs():
        rows = [f"| `{name}` | {meaning} |" for name, meaning in arguments_of(verb)]
        shown = "\n".join(["| argument | meaning |", "|---|---|", *rows]) if rows else "It takes nothing."
        yield f"## tenfold {verb}\n\n{summary(module_of(verb))}\n\n{shown}"
    yield "## Formats of `tenfold export --to`\n\n" + "\n".join(
        f"- `{name}`: {summary(format_module(name))}" for name in formats()
    )
    yield "## Formats of `tenfold import`\n\n" + "\n".join(
        f"- `{name}`: {summary(import_module_of(name))}" for name in import_formats()
    )


def red_flags() -> Iterator[str]:
    """Every rule with its page."""
    yield "# The red flags"
    for page in rule_pages():
        words = page.words.replace("\n## ", "\n### ")
        yield f"## {page.rule.id} {page.rule.title} ({page.rule.severity})\n\n{words}"


def catalogue() -> Iterator[str]:
    """Every pattern and technology in one line."""
    yield "# The catalogue\n\n`tenfold catalogue show ID` shows the whole page."
    for family, found in groupby(shipped().patterns(), key=lambda pattern: pattern.family):
        yield f"## {family}\n\n" + "\n".join(f"- **{p.name}** (`{p.id}`): {markdown(p.summary)}" for p in found)
    rows = [f"- **{t.name}** (`{t.id}`, {t.kind}): {markdown(t.summary)}" for t in shipped().technologies()]
    yield "## technologies\n\n" + "\n".join(rows)


def keys() -> Iterator[str]:
    """Every key of the studio by where it works."""
    from studio import tui

    yield "# The keys\n\nWhere several places know a key, the inner one wins. `?` shows these for the pane you are in."
    seen: set[str] = set()
    for module in modules(tui):
        for name, place in vars(module).items():
            bound = (
                vars(place).get("BINDINGS") if isinstance(place, type) and place.__module__ == module.__name__ else None
            )
            rows = [row for binding in bound or () if (row := _key_row(binding)) not in seen]
            seen.update(rows)
            if rows:
                head = (place.__doc__ or name).strip().splitlines()[0].rstrip(".")
                yield "\n".join([f"## {head}", "", "| key | does | id |", "|---|---|---|", *rows])


def _key_row(binding: "Binding") -> str:
    shown = " ".join(f"`{key.strip()}`" for key in binding.key.replace("question_mark", "?").split(",") if key.strip())
    return f"| {shown} | {binding.tooltip or binding.description} | {binding.id or ''} |"


PAGES = {
    "keys.md": keys,
    "file_format.md": file_format,
    "commands.md": commands,
    "red_flags.md": red_flags,
    "catalogue.md": catalogue,
}


def page(name: str) -> str:
    """One generated page as it should be."""
    return "\n\n".join(PAGES[name]()) + "\n"


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for page_name in PAGES:
        (HERE / page_name).write_text(page(page_name))
