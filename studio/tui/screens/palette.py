"""The command palette: everything that can be done and everywhere one can go, in one list."""

from collections.abc import Iterator, Sequence
from typing import Final

from studio.configuration import THEMES
from studio.model.address import Address, dotted
from studio.model.design import Design
from studio.tui.forms.sheet import parts
from studio.tui.records.sections import ALONE, SECTIONS, first_words
from studio.tui.screens.base import StudioBase
from studio.tui.screens.commands import commands, keys_of, sentence, situation
from studio.tui.screens.look_actions import OVERLAYS
from studio.tui.screens.picker import Choice
from studio.tui.which_key import why_not

RECENT: Final = 12
"""Commands that count as used lately."""
_BONUS: Final = 15.0
"""What the latest of them is worth, beside how well it fits."""
_LONGEST: Final = 80
"""Characters of a record's first words that are shown."""


def choices(screen: StudioBase, recent: Sequence[str] = ()) -> list[Choice]:
    """The entries of the palette, those used lately first."""
    every = list(_choices(screen))
    order = {id_: place for place, id_ in enumerate(recent)}
    used = [
        choice._replace(group="Used lately", weight=_BONUS * (1 - order[choice.id] / RECENT))
        for choice in every
        if choice.id in order and not choice.why_not
    ]
    used.sort(key=lambda choice: order[choice.id])
    known = {choice.id for choice in used}
    return [*used, *(choice for choice in every if choice.id not in known)]


def _choices(screen: StudioBase) -> Iterator[Choice]:
    now = situation(screen)
    every = [(why_not(id_, now), id_, command) for id_, command in commands(screen).items()]
    for why, id_, command in sorted(every, key=lambda found: bool(found[0])):
        group = "Commands, not possible now" if why else "Commands"
        yield Choice(f"do:{id_}", sentence(command.binding), keys_of(command), group, why)
    design = screen.session.design
    yield from _places(design)
    yield from _flags(screen)
    yield from _catalogue(screen)
    yield from _files(screen)
    for name, theme in THEMES.items():
        yield Choice(f"theme:{theme}", f"theme: {name}", "in use" if screen.app.theme == theme else "", "Looks")
    for name, words in OVERLAYS.items():
        yield Choice(f"overlay:{name}", f"marks: {words}", "in use" if screen.look.overlay == name else "", "Looks")


def _places(design: Design) -> Iterator[Choice]:
    for component in design.components:
        yield Choice(f"go:components.{component.id}", f"go to {component.label}", component.kind, "Boxes")
    for line in design.connections:
        about = line.carries or "connection"
        yield Choice(f"go:connections.{line.id}", f"go to {line.source} → {line.target}", about, "Connections")
    for section in SECTIONS:
        yield Choice(f"go:{section.key}", f"records: {section.name}", "", "Records")
        for part in parts(design, (section.key,)) if section.key != ALONE else ():
            about = first_words(part)[:_LONGEST]
            text = f"{section.one} {part.id}{f': {about}' if about else ''}"
            yield Choice(f"go:{section.key}.{part.id}", text, section.one, "Records")


def _flags(screen: StudioBase) -> Iterator[Choice]:
    for finding in screen.view.analysis.report.findings:
        if finding.accepted is None:
            text = f"{finding.rule.id} {finding.verdict.message or finding.rule.title}"
            yield Choice(f"flag:{finding.fingerprint}", text, finding.severity.value, "Flags")


def _catalogue(screen: StudioBase) -> Iterator[Choice]:
    library = screen.session.library
    for pattern in library.pattern_headings():
        yield Choice(f"apply:pattern:{pattern.id}", f"apply {pattern.name}", pattern.group, "Patterns")
    for technology in library.technology_headings():
        text = f"technology: {technology.name}"
        yield Choice(f"apply:technology:{technology.id}", text, technology.group, "Technologies")


def _files(screen: StudioBase) -> Iterator[Choice]:
    from studio.files.recent import recent
    from studio.tui.exporting import offered

    here = screen.session.path.absolute()
    for path in recent():
        if path != here:
            why = "" if path.is_file() else "it is not there any more"
            yield Choice(f"open:{path}", f"open {path.name}", str(path.parent), "Files", why)
    for name, about in offered():
        yield Choice(f"export:{name}", f"export {name}: {about[:1].lower()}{about[1:]}", "", "Exports")


def address_of(place: str) -> Address:
    """The address behind `go:`."""
    return tuple(place.split("."))


def place_of(address: Address) -> str:
    """What stands behind `go:` for an address."""
    return dotted(address)
