"""The page of a pattern or a technology: Markdown that reads well as plain text, at most 100 columns wide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from studio.catalogue.entries import Entry, Fields, Figure, Parameter, Pattern, Source, Target, Technology
from studio.catalogue.said import worded
from studio.comparisons import Comparison
from studio.text import listed, one_line, visible, width
from studio.units import Dimension, shown

COLUMNS: Final = 100

_UNITS: Final = {Dimension.MONEY: " US dollars", Dimension.RATE: " requests/s"}
"""The units `shown` does not write."""


def page(entry: Entry) -> str:
    """Everything the catalogue says about an entry; ends with a line break."""
    return pattern_page(entry) if isinstance(entry, Pattern) else technology_page(entry)


def pattern_page(pattern: Pattern) -> str:
    """Everything the catalogue says about a pattern; ends with a line break."""
    return _page(
        (
            _head(pattern.name, (pattern.family, pattern.id), pattern.aliases, pattern.summary),
            ("```text", *visible(pattern.sketch).split("\n"), "```"),
            _points("When to use it", pattern.when_to_use),
            _points("When not to use it", pattern.when_not_to_use),
            _points("What it gives", pattern.pros),
            _points("What it costs", pattern.cons),
            _points("Decide first", pattern.questions),
            _points("Check before", (f"`{need.check.text}`: {need.advice}" for need in pattern.needs)),
            _points("Applied to", map(_target, pattern.targets)),
            _points("Asks for", map(_parameter, pattern.parameters)),
            _points("Brings and sets", _effects(pattern)),
            _points("Red flags", _flags(pattern)),
            _points("How it fails", (_failure(mode) for mode in _modes(pattern))),
            _points("For whoever builds it", pattern.implementation),
            _points("Other patterns", _others(pattern)),
            _points("Sources", map(_source, pattern.sources)),
        )
    )


def technology_page(technology: Technology) -> str:
    """Everything the catalogue says about a technology; ends with a line break."""
    return _page(
        (
            _head(technology.name, (technology.kind, technology.id), technology.aliases, technology.summary),
            _points("In short", _in_short(technology)),
            _points("Good for", technology.good_for),
            _points("Bad for", technology.bad_for),
            _points("Limits", technology.limits),
            _figures(technology.figures),
            _points("Sources", map(_source, technology.sources)),
        )
    )


def _page(blocks: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(name: str, places: Iterable[str], aliases: Sequence[str], summary: str) -> tuple[str, ...]:
    also = (f"also {listed(aliases, 'or')}",) if aliases else ()
    return (f"# {one_line(name)}", "", *_wrapped(" · ".join((*places, *also))), "", *_wrapped(summary))


def _points(title: str, points: Iterable[str]) -> tuple[str, ...]:
    """A heading with a list; nothing when there are no points."""
    lines = tuple(line for point in points for line in _wrapped(point, "- ", "  "))
    return (f"## {title}", "", *lines) if lines else ()


def _wrapped(text: str, first: str = "", later: str = "") -> Iterator[str]:
    """The text made safe, in lines of at most 100 columns; a word that is longer stands alone."""
    line, is_empty = first, True
    for word in one_line(text).split(" "):
        if not is_empty and width(line) + 1 + width(word) > COLUMNS:
            yield line
            line, is_empty = later, True
        line += word if is_empty else f" {word}"
        is_empty = False
    yield line


def _target(target: Target) -> str:
    counted = " (one or more)" if target.several else ""
    free = " May stay empty." if target.optional else ""
    return f"**{target.role}**{counted}: {target.ask} Fits: {listed(target.kinds, 'or')}.{free}"


def _parameter(parameter: Parameter) -> str:
    choices = f", one of {listed(parameter.choices, 'or')}" if parameter.choices else ""
    said = f"({parameter.kind}{_bounds(parameter)}{choices}): {parameter.ask}"
    return f"**{parameter.id}** {said} Default: {worded(parameter.default)}."


def _bounds(parameter: Parameter) -> str:
    if parameter.low is None:
        return "" if parameter.high is None else f", up to {worded(parameter.high)}"
    return f", from {worded(parameter.low)}" + ("" if parameter.high is None else f" to {worded(parameter.high)}")


def _effects(pattern: Pattern) -> Iterator[str]:
    for added in pattern.components:
        technology = f", {added.fields['technology']}" if "technology" in added.fields else ""
        name = added.fields.get("name", added.local_name)
        shared = ", unless it is there already" if added.shared else ""
        yield f"component **{name}** ({added.fields['kind']}{technology}){_only(added.when)}{shared}"
    for joined in pattern.connections:
        carries = f": {joined.fields['carries']}" if "carries" in joined.fields else ""
        yield f"connection {joined.source} → {joined.target}{carries}{_only(joined.when)}"
    yield from _moves(pattern)
    for role, setting in pattern.changes.items():
        yield f"changes on {role}{_only(setting.when)}: {_fields(setting.fields)}"
    for role, setting in pattern.sets.items():
        yield f"on {role}, where nothing is said{_only(setting.when)}: {_fields(setting.fields)}"
    for (source, target), fields in pattern.sets_between.items():
        yield f"on the connections {source} → {target}, where nothing is said: {_fields(fields)}"


def _moves(pattern: Pattern) -> Iterator[str]:
    for move in pattern.moves:
        ends = move.place.ends
        which = f"connections {ends[0]} → {ends[1]}" if ends else f"{move.place.name}"
        where = f"to lead to {move.target}" if move.target else f"to come from {move.source}"
        changed = f", with {_fields(move.changes)}" if move.changes else ""
        yield f"moves {which} {where}{changed}{_only(move.when)}; journeys follow"


def _only(when: Comparison | None) -> str:
    return "" if when is None else f" (only when `{when.text}`)"


def _fields(fields: Fields) -> str:
    return ", ".join(f"`{key} = {worded(value)}`" for key, value in fields.items())


def _flags(pattern: Pattern) -> Iterator[str]:
    if pattern.resolves:
        yield f"resolves {listed(pattern.resolves)}"
    if pattern.introduces:
        yield f"may raise {listed(pattern.introduces)}"


def _modes(pattern: Pattern) -> Iterator[tuple[str, str, str, str]]:
    return ((mode.mode, mode.effect, mode.detection, mode.mitigation) for mode in pattern.failure_modes)


def _failure(mode: tuple[str, str, str, str]) -> str:
    said, effect, detection, mitigation = (words.rstrip(".") for words in mode)
    return f"**{said}**. Effect: {effect}. Seen by: {detection}. Softened by: {mitigation}."


def _others(pattern: Pattern) -> Iterator[str]:
    named = (("relies on", pattern.requires), ("clashes with", pattern.conflicts_with), ("see also", pattern.related))
    return (f"{words} {listed(ids)}" for words, ids in named if ids)


def _source(source: Source) -> str:
    return f"{source.author}: {source.title} ({source.year})"


def _in_short(technology: Technology) -> Iterator[str]:
    yield f"licence: {technology.licence}"
    yield f"run by: {'a vendor' if technology.managed else 'the team'}, unless a component says otherwise"
    choices = {
        "cp": "consistent during a partition (CP)",
        "ap": "available during a partition (AP)",
        "configurable": "consistent or available during a partition, by configuration",
    }
    if technology.cap in choices:
        yield choices[technology.cap]
    yield f"consistency: {technology.consistency}"
    if technology.skills:
        yield f"skills: {listed(technology.skills)}"


def _figures(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """A heading with one point for each figure, its provenance below it."""
    lines: list[str] = []
    for name, figure in figures.items():
        lines += _wrapped(
            f"**{name}** {shown(figure.value, figure.dimension)}{_UNITS.get(figure.dimension, '')}", "- ", "  "
        )
        provenance = (figure.note, figure.hardware, figure.date, figure.source.title)
        lines += _wrapped(f"{', '.join(provenance)}; confidence {figure.confidence}", "  ", "  ")
    return ("## Figures", "", *lines) if lines else ()
