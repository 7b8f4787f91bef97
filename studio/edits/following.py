"""What follows a removal or a new id: every mention elsewhere in the design."""

from collections.abc import Collection
from typing import Any

from studio.model.address import Address, part_at, walk, with_part
from studio.model.behaviour import AppliedPattern, Journey, Scenario
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.option_settings import parsed
from studio.model.part import Part
from studio.model.records import Acceptance, Decision, Option
from studio.model.references import Reference, dangling, names_part, references, renamed_in_words, replaced


def removed(design: Design, address: Address) -> Design:
    """The design without the part at `address`.

    Mentions of it go too: an id leaves the lists it stands in, an optional field that named it is unset, and a part
    that cannot be without it (a connection without an end, a pattern applied to nothing, an acceptance of a flag on
    nothing) goes with it.
    """
    return without_lost(with_part(design, address, None))


def without_lost(design: Design, known: Collection[Reference] = ()) -> Design:
    """The design without any mention of what is not there, but for those that are known to be of that sort."""
    while lost := [found for found in dangling(design) if found not in known]:
        for found in lost:
            design = _without(design, found)
    return design


def _without(design: Design, lost: Reference) -> Design:
    part = part_at(design, lost.address)
    if part is None:
        return design
    if isinstance(part, Acceptance) or shapes(type(part))[lost.key].required:
        return with_part(design, lost.address, None)
    changed = _unmentioned(part, lost)
    if isinstance(changed, AppliedPattern) and not changed.on:
        return with_part(design, lost.address, None)
    return with_part(design, lost.address, changed)


def _unmentioned(part: Part, lost: Reference) -> Part:
    if isinstance(part, Journey):
        return _shorter(part, lost.id)
    if isinstance(part, Option) and lost.key == "set":
        kept = (line for line in part.settings if not names_part(line, lost.sections[0], lost.id))
        return part.changed(settings=tuple(kept))
    name = shapes(type(part))[lost.key].name
    return part.changed(**{name: replaced(getattr(part, name), lost.id, None)})


def _shorter(journey: Journey, lost: str) -> Journey:
    """The journey without a step, and without the note on it when every step has one."""
    notes = journey.notes
    if len(notes) == len(journey.steps):
        notes = tuple(note for note, step in zip(notes, journey.steps, strict=True) if step != lost)
    together = tuple(tuple(step for step in group if step != lost) for group in journey.at_once)
    fields: dict[str, Any] = {"steps": tuple(step for step in journey.steps if step != lost)}
    if journey.notes:
        fields["notes"] = notes
    if journey.at_once:
        fields["at_once"] = tuple(group for group in together if len(group) > 1)
    return journey.changed(**fields)


def renamed(design: Design, address: Address, new: str) -> Design:
    """The design with another id for the part at `address`, in its place in the order, and everywhere it is named."""
    part = part_at(design, address)
    if part is None:
        raise LookupError(".".join(address))
    section, old = address[0], address[-1]
    mentions = [found for found in references(design) if found.id == old and section in found.sections]
    renamed_design = with_part(design, address, part.changed(id=new))
    if len(address) > 2:
        return _chosen_option(renamed_design, address, new)
    for found in mentions:
        place = (*address[:-1], new) if found.address == address else found.address
        renamed_design = _mention_renamed(renamed_design, found, place, section, new)
    return _words_renamed(renamed_design, section, old, new)


def _mention_renamed(design: Design, found: Reference, place: Address, section: str, new: str) -> Design:
    part = part_at(design, place)
    if part is None:
        return design
    if isinstance(part, Acceptance):
        on = f"{section}.{new}" if part.on is not None and "." in part.on else new
        return with_part(design, place, part.changed(on=on))
    if isinstance(part, Option) and found.key == "set":
        lines = (_line_renamed(line, section, found.id, new) for line in part.settings)
        return with_part(design, place, part.changed(settings=tuple(lines)))
    name = shapes(type(part))[found.key].name
    return with_part(design, place, part.changed(**{name: replaced(getattr(part, name), found.id, new)}))


def _line_renamed(line: str, section: str, old: str, new: str) -> str:
    """A setting of an option after a rename; its value is left as it is."""
    if not names_part(line, section, old):
        return line
    said = parsed(line)
    path = ".".join((section, new, *said.address[2:], said.key))
    return f"{path} ={line.partition('=')[2]}"


def _chosen_option(design: Design, address: Address, new: str) -> Design:
    decision = part_at(design, address[:2])
    if isinstance(decision, Decision) and decision.chosen == address[-1] and address[2] == "options":
        return with_part(design, address[:2], decision.changed(chosen=new))
    return design


def _words_renamed(design: Design, section: str, old: str, new: str) -> Design:
    """Comparisons on figures follow too: `components.old.utilisation > 0.7`."""
    for address, part in list(walk(design)):
        if isinstance(part, Decision) and part.revisit_when is not None:
            changed: Part = part.changed(revisit_when=renamed_in_words(part.revisit_when, section, old, new))
        elif isinstance(part, Scenario) and part.expect:
            expect = tuple(renamed_in_words(line, section, old, new) for line in part.expect)
            changed = part.changed(expect=expect)
        else:
            continue
        if changed != part:
            design = with_part(design, address, changed)
    return design
