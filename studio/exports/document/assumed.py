"""Which figures rest on something nobody said: a default of the engine, or the catalogue's word for a technology.

Such figures carry a letter, and the letters are explained once: «assumes …», with source and the field that says it.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from studio.analysis import Analysis
from studio.estimates.defaults import CONSTANTS, NONE, ONE
from studio.estimates.explaining.explain import UnknownFigure, explain
from studio.estimates.explaining.explanation import FIGURE, Input, in_its_unit
from studio.exports.document.blocks import Span

_SIGNS: Final = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_OF_TECHNOLOGY: Final = re.compile(r"default of technology (?P<technology>.+?) \((?P<source>.*)\)", re.DOTALL)
_OF_ENGINE: Final = {
    default.origin: f"{default.source}; {default.date}, confidence {default.confidence}"
    for default in CONSTANTS.values()
    if default not in (ONE, NONE)
}
"""Sources by origin. One call, one copy, none of it are left out: nobody assumed a number there."""


class Note(NamedTuple):
    """What a letter stands for."""

    sign: str
    anchor: str
    technology: str
    """Whose figures they are; empty for what the engine assumes."""
    values: tuple[str, ...]
    """Each assumed value with its unit."""
    fields: tuple[str, ...]
    """Where a design says it."""
    sources: tuple[str, ...]


class Assumed:
    """The letters of one document, given out in the order in which figures are asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[str, dict[tuple[str, str], Input]] = {}
        self._inputs: dict[str, dict[tuple[str, str], Input]] = {}
        """By what the note is about: each default with one input that takes it."""

    def marks(self, path: str) -> tuple[Span, ...]:
        """The letters of a figure by its path: `components.api.p99_ms`. None when all of it was said."""
        return self._given_out(self._behind(path))

    def marks_of(self, given: Input) -> tuple[Span, ...]:
        """The letter of an input that is shown itself."""
        return self._given_out({(about, _field(given)): given for about in _about(given)})

    def _given_out(self, inputs: Mapping[tuple[str, str], Input]) -> tuple[Span, ...]:
        found: dict[str, Span] = {}
        for (about, field), given in inputs.items():
            self._inputs.setdefault(about, {}).setdefault((about, field), given)
            number = list(self._inputs).index(about)
            found[about] = Span(_sign(number), "mark", to=_anchor(number))
        return tuple(sorted(found.values(), key=lambda span: int(span.to.rpartition("-")[2])))

    def notes(self) -> tuple[Note, ...]:
        """All letters given out so far."""
        return tuple(self._note(number, about) for number, about in enumerate(self._inputs))

    def _note(self, number: int, about: str) -> Note:
        inputs = self._inputs[about]
        fields = dict.fromkeys(_generally(given.name) for given in inputs.values() if "." in given.name)
        values = dict.fromkeys(f"{_field(given).replace('_', ' ')} {in_its_unit(given)}" for given in inputs.values())
        sources = dict.fromkeys(_source(given.origin) for given in inputs.values())
        technology = "" if about in _OF_ENGINE else about
        return Note(_sign(number), _anchor(number), technology, tuple(values), tuple(fields), tuple(sources))

    def _behind(self, path: str) -> dict[tuple[str, str], Input]:
        """Every default a figure rests on, those behind the figures it is made of included."""
        if path in self._known:
            return self._known[path]
        found: dict[tuple[str, str], Input] = {}
        self._known[path] = found
        for given in self._inputs_of(path):
            if given.origin == FIGURE:
                found.update(self._behind(given.name))
            for about in _about(given):
                found.setdefault((about, _field(given)), given)
        return found

    def _inputs_of(self, path: str) -> tuple[Input, ...]:
        try:
            return explain(self._analysis.design, self._analysis.estimates, path).inputs
        except UnknownFigure:
            return ()


def _sign(number: int) -> str:
    """The letter of a note: a, b, … z, aa, ab, …"""
    rest, last = divmod(number, len(_SIGNS))
    return (_sign(rest - 1) if rest else "") + _SIGNS[last]


def _anchor(number: int) -> str:
    return f"assumes-{number + 1}"


def _about(given: Input) -> tuple[str, ...]:
    """What the note of an input is about: a technology, or a default of the engine; nothing when it was said."""
    if given.origin in _OF_ENGINE:
        return (given.origin,)
    found = _OF_TECHNOLOGY.fullmatch(given.origin)
    return (found["technology"],) if found else ()


def _source(origin: str) -> str:
    found = _OF_TECHNOLOGY.fullmatch(origin)
    return found["source"] if found else _OF_ENGINE[origin]


def _field(given: Input) -> str:
    return given.name.rpartition(".")[2]


def _generally(field: str) -> str:
    """The field of any part: `connections.api-db.network` → `connections.ID.network`."""
    section, *_, last = field.split(".")
    return f"{section}.ID.{last}" if section in ("components", "connections", "journeys") else field
