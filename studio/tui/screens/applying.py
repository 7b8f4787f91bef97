"""Before a pattern is drawn onto the design: what it is applied to, what it asks, and what it would do."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from studio.applying import Preview
from studio.catalogue.entries import Parameter, Pattern, Target
from studio.catalogue.targets import fits, sorts
from studio.model.design import Design
from studio.text import listed
from studio.tui.canvas.cargo import asked_of, cargo_of
from studio.tui.lines.rows import Row, Span, words
from studio.tui.screens.effect import Answers, WithEffect
from studio.tui.screens.entry import Line
from studio.tui.trying import figure_rows, flag_change_rows

Try = Callable[[Mapping[str, tuple[str, ...]], Mapping[str, object]], Preview]
"""What the pattern would do, applied to ids by role with these parameters. Raises `EditRefused` in words."""


UNITS: Final = {
    "duration": "a time with its unit",
    "size": "a size with its unit",
    "ratio": "a share: 0.9 or 90%",
    "rate": "requests/s",
    "money": "US dollars a month",
    "count": "a whole number",
}
"""What a value of each kind of parameter looks like."""

NEW: Final = "new"
"""Typed for a role, it asks for what the pattern itself brings, though something in the design fits."""


class ApplyPattern(WithEffect[Preview]):
    """A form for the roles and parameters of a pattern, and beside it what it would do, as it would be done now."""

    keys = (("Enter", "apply"), ("Tab", "next, complete"), ("Esc", "leave"))

    def __init__(self, pattern: Pattern, design: Design, roles: Mapping[str, str], attempt: Try) -> None:
        self._pattern = pattern
        self._attempt = attempt
        self._places = tuple(place_rows(pattern, design))
        asked = (_role_line(target, design, roles) for target in asked_of(pattern, roles))
        lines = (*asked, *_parameter_lines(pattern))
        super().__init__(f"Apply {pattern.name}", lines, pattern.summary)

    @property
    def preview(self) -> Preview | None:
        """What the answers would do; None while that is unknown or refused."""
        return self.effect

    def attempt(self, answers: Answers) -> Preview:
        """What the pattern would do with these answers."""
        roles = {t.role: ids for t in self._pattern.targets if (ids := _ids(answers.get(f"role-{t.role}", "")))}
        values = {
            p.id: answers[f"parameter-{p.id}"]
            for p in self._pattern.parameters
            if answers[f"parameter-{p.id}"] not in ("", _text(p.default))
        }
        return self._attempt(roles, values)

    def rows_of(self, effect: Preview) -> Iterator[Row]:
        """What it brings and changes, figures, flags, needs, and where it fits."""
        yield from effect_rows(effect)
        yield from self._places

    def lacking(self, answers: Answers) -> str:
        """What to say when a role is left open though something fits it: nothing new is brought unasked."""
        taken = {id_ for line in self.lines for id_ in _ids(answers[line.id])}
        for line in self.lines:
            target = self._pattern.target(line.id.removeprefix("role-"))
            offers = [offer for offer in line.offers if offer not in taken]
            if target is not None and not target.optional and offers and not answers[line.id]:
                return f"{target.ask} The arrows go through what fits; {NEW} brings one of its own"
        return ""


def _role_line(target: Target, design: Design, roles: Mapping[str, str]) -> Line:
    known = design.connection if target.is_connection else design.component
    offers = tuple(id_ for id_ in known if fits(target, design, id_))
    what = f" ({sorts(target)}{', several apart by commas' if target.several else ''})"
    ask = f"{target.ask}{what if len(what) < 60 else ''}"
    only = offers[0] if len(offers) == 1 and not roles and not target.optional else ""
    return Line(f"role-{target.role}", ask, roles.get(target.role, only), offers, may_be_empty=True)


def _parameter_lines(pattern: Pattern) -> Iterator[Line]:
    for parameter in pattern.parameters:
        choices = parameter.choices or (("true", "false") if parameter.kind == "boolean" else ())
        parts = (UNITS.get(parameter.kind, ""), _bounds(parameter), _default(parameter))
        about = ", ".join(part for part in parts if part)
        ask = f"{parameter.ask}{f' ({about})' if about else ''}"
        yield Line(f"parameter-{parameter.id}", ask, _text(parameter.default), choices, may_be_empty=True)


def _default(parameter: Parameter) -> str:
    return f"{_text(parameter.default)} when empty" if parameter.default is not None else ""


def _bounds(parameter: Parameter) -> str:
    if parameter.low is not None and parameter.high is not None:
        return f"{parameter.low} to {parameter.high}"
    if parameter.low is not None:
        return f"at least {parameter.low}"
    return f"at most {parameter.high}" if parameter.high is not None else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip() not in ("", NEW))


def effect_rows(preview: Preview) -> Iterator[Row]:
    """What applying a pattern would do, as rows."""
    yield words("adds", Span("it brings", "title"))
    new = [*preview.components, *preview.connections, *preview.sets]
    other = [*preview.moves, *preview.changes, *preview.journeys]
    for number, text in enumerate(new):
        yield words(f"new:{number}", Span("+ ", "good"), text, wraps=True, indent=2)
    for number, text in enumerate(other):
        yield words(f"other:{number}", Span("~ ", "accent"), text, wraps=True, indent=2)
    if not new and not other:
        yield words("nothing", Span("only a note that it is applied", "dim"))
    for number, note in enumerate(preview.notes):
        yield words(f"note:{number}", Span("· ", "dim"), Span(note, "dim"), wraps=True, indent=2)
    yield from figure_rows(preview.figures)
    yield from flag_change_rows(preview.resolved, preview.introduced)
    unmet = [result for result in preview.needs if result.met is not True]
    if unmet:
        yield words("needs", Span("needs", "title"))
    for result in unmet:
        sign = Span("✗ ", "warning") if result.met is False else Span("? ", "faint")
        yield words(f"need:{result.need.id}", sign, f"{result.need.check.text}: {result.advice}", wraps=True, indent=2)


def place_rows(pattern: Pattern, design: Design) -> Iterator[Row]:
    """Where a pattern fits in a design, and why it fits nowhere else."""
    if not pattern.targets:
        return
    cargo = cargo_of(pattern, design)
    yield words("places", Span("where it fits", "title"))
    fitting = listed(address[1] for address in cargo.fits) or "nowhere yet"
    yield words("fits", Span("✓ ", "good"), fitting, wraps=True, indent=2)
    wanted = listed(dict.fromkeys(sorts(target) for target in asked_of(pattern, {})), "or")
    others = [design.component[address[1]] for address in cargo.why_not if address[0] == "components"]
    if others and wanted:
        named = listed(f"{component.label} ({component.kind})" for component in others)
        yield words("unfit", Span("✗ ", "dim"), Span(f"it wants {wanted}: not {named}", "faint"), wraps=True, indent=2)
