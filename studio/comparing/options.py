"""The options of a decision as variants of the design, each with everything that follows from it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from studio.analysis import Analysis
from studio.edits.edit import Change, Edit, Remove, Several, applied
from studio.errors import EditRefused
from studio.model.address import dotted, part_at
from studio.model.document import document
from studio.model.option_settings import OptionSetting, parsed
from studio.model.records import Decision, Option


class Variant(NamedTuple):
    """What the design would be with one option."""

    id: str
    name: str
    is_chosen: bool
    analysis: Analysis | None = None
    """None where nothing says what the option is, or where it cannot be."""
    why_not: str = ""
    """Why there is no analysis, in words."""
    differs: tuple[str, ...] = ()
    """Of the chosen option: what it says and the design does not do. Somebody forgot one of the two."""


def has_figures(decision: Decision) -> bool:
    """Whether an option says what it is, so that comparing figures makes sense."""
    return any(option.is_edit for option in decision.options)


def variants(analysis: Analysis, decision: Decision) -> tuple[Variant, ...]:
    """All options, in the order of the file; the chosen one is the design as it stands."""
    return tuple(_variant(analysis, decision, option) for option in decision.options)


def _variant(analysis: Analysis, decision: Decision, option: Option) -> Variant:
    found = Variant(option.id, option.name or option.id, option.id == decision.chosen)
    if found.is_chosen:
        return found._replace(analysis=analysis, differs=tuple(_differs(analysis, option)))
    if not option.is_edit:
        place = f"decisions.{decision.id}.options.{option.id}"
        return found._replace(why_not=f"nothing says what it changes: give {place}.set or without")
    try:
        return found._replace(analysis=analysis.instead(applied(edit_of(analysis, option), analysis.design)))
    except EditRefused as error:
        return found._replace(why_not=f"it cannot be: {error}")


def edit_of(analysis: Analysis, option: Option) -> Edit:
    """What makes the design of an option: its fields first, then what would not be there."""
    settings = map(parsed, option.settings)
    changes = [Change(setting.address, setting.key, setting.value) for setting in settings]
    removals = [Remove((_section(analysis, id_), id_)) for id_ in option.without]
    return Several(f"option {option.id}", (*changes, *removals))


def _section(analysis: Analysis, id_: str) -> str:
    return "components" if id_ in analysis.design.component else "connections"


def _differs(analysis: Analysis, option: Option) -> Iterator[str]:
    """Where the design does not do what its chosen option says."""
    for setting in map(parsed, option.settings):
        said, is_ = _meant(analysis, setting)
        if said != is_:
            path = dotted((*setting.address, setting.key))
            yield f"{path} is {'not given' if is_ is None else is_}, and the chosen option says {said}"
    for id_ in option.without:
        if id_ in analysis.design.component or id_ in analysis.design.connection:
            yield f"{_section(analysis, id_)}.{id_} is there, and the chosen option is without it"


def _meant(analysis: Analysis, setting: OptionSetting) -> tuple[Any, Any]:
    """What the option says and what the design says, in one way of writing."""
    here = _value(analysis, setting)
    try:
        changed = applied(Change(setting.address, setting.key, setting.value), analysis.design)
    except EditRefused:
        return setting.value, here
    return _value(analysis.instead(changed), setting), here


def _value(analysis: Analysis, setting: OptionSetting) -> Any:
    part = part_at(analysis.design, setting.address)
    return None if part is None else document(part).get(setting.key)
