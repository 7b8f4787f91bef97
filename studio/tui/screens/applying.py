"""Before a pattern is drawn onto the design: what it is applied to, what it asks, and what it would do."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from studio.applying import Difference, Preview
from studio.catalogue.entries import Parameter, Pattern, Target
from studio.catalogue.targets import fits, sorts
from studio.errors import EditRefused
from studio.estimates.wording import worded
from studio.model.design import Design
from studio.text import listed
from studio.tui.canvas.cargo import asked_of
from studio.tui.forms.sheet import words_of
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, words
from studio.tui.screens.entry import Entry, Line

Try = Callable[[Mapping[str, tuple[str, ...]], Mapping[str, object]], Preview]
"""What the pattern would do, applied to ids by role with these parameters. Raises `EditRefused` in words."""


NEW: Final = "new"
"""Typed for a role, it asks for what the pattern itself brings, though something in the design fits."""


class ApplyPattern(Entry):
    """A form for the roles and parameters of a pattern, and below it what it would do, as it would be done now."""

    shape = "-tall -wide"
    keys = (("Enter", "apply"), ("Tab", "next, complete"), ("Esc", "leave"))

    def __init__(self, pattern: Pattern, design: Design, roles: Mapping[str, str], attempt: Try) -> None:
        self._pattern = pattern
        self._attempt = attempt
        self.preview: Preview | None = None
        asked = (_role_line(target, design, roles) for target in asked_of(pattern, roles))
        lines = (*asked, *_parameter_lines(pattern))
        super().__init__(f"Apply {pattern.name}", lines, judge=self._refusal)

    def content(self) -> ComposeResult:
        """The form, and beside it what it would do."""
        yield Static(self._pattern.summary, markup=False, classes="words")
        with Horizontal(classes="sides"):
            with Vertical(classes="side"):
                yield from self.form()
            yield LineList(identifier="effect")

    def on_mount(self) -> None:
        """Shows the effect."""
        super().on_mount()
        self.changed()

    def changed(self) -> None:
        """Shows the effect of what is typed now."""
        super().changed()
        self.query_one("#effect", LineList).show(list(self._effect(self._refusal(self.answers()))))

    def _refusal(self, answers: dict[str, str]) -> str:
        roles = {t.role: ids for t in self._pattern.targets if (ids := _ids(answers.get(f"role-{t.role}", "")))}
        values = {
            p.id: answers[f"parameter-{p.id}"]
            for p in self._pattern.parameters
            if answers[f"parameter-{p.id}"] not in ("", _text(p.default))
        }
        unchosen = self._unchosen(answers)
        if unchosen:
            self.preview = None
            return unchosen
        try:
            self.preview = self._attempt(roles, values)
        except EditRefused as error:
            self.preview = None
            return str(error)
        return ""

    def _unchosen(self, answers: dict[str, str]) -> str:
        """What to say when a role is left open though something fits it: nothing new is brought unasked."""
        taken = {id_ for line in self.lines for id_ in _ids(answers[line.id])}
        for line in self.lines:
            target = self._pattern.target(line.id.removeprefix("role-"))
            offers = [offer for offer in line.offers if offer not in taken]
            if target is not None and not target.optional and offers and not answers[line.id]:
                return f"{target.ask} The arrows go through what fits; {NEW} brings one of its own"
        return ""

    def _effect(self, refusal: str) -> Iterator[Row]:
        if self.preview is None:
            yield words("refused", Span("✗ ", "bad"), refusal, wraps=True, indent=2)
        else:
            yield from effect_rows(self.preview)


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
        bounds = _bounds(parameter)
        ask = f"{parameter.ask}{f' ({bounds})' if bounds else ''}"
        yield Line(f"parameter-{parameter.id}", ask, _text(parameter.default), choices, may_be_empty=True)


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
    yield from _figures(preview)
    yield from _flags(preview)
    unmet = [result for result in preview.needs if result.met is not True]
    if unmet:
        yield words("needs", Span("needs", "title"))
    for result in unmet:
        sign = Span("✗ ", "warning") if result.met is False else Span("? ", "faint")
        yield words(f"need:{result.need.id}", sign, f"{result.need.check.text}: {result.advice}", wraps=True, indent=2)


def _figures(preview: Preview) -> Iterator[Row]:
    """Figures that become others, each on its line; what stays is said once."""
    yield words("figures", Span("figures before → after", "title"))
    same = []
    for figure in preview.figures:
        before, after = worded(figure.name, figure.before), worded(figure.name, figure.after)
        if before == after:
            same.append(_called(figure))
        else:
            caption = Span(f"  {_called(figure):<16} ", "dim")
            yield words(f"figure:{figure.name}", caption, Span(f"{before} → {after}", "strong"))
    if same:
        yield words("same-figures", Span(f"  as before: {listed(same)}", "dim"), wraps=True, indent=2)


def _called(figure: Difference) -> str:
    return words_of(figure.name).removesuffix(" ms")


def _flags(preview: Preview) -> Iterator[Row]:
    yield words("flags", Span("flags", "title"))
    for flag in preview.resolved:
        yield words(f"resolved:{flag}", Span("✓ resolves ", "good"), flag)
    for flag in preview.introduced:
        yield words(f"introduced:{flag}", Span("! brings ", "warning"), flag)
    if not preview.resolved and not preview.introduced:
        yield words("same", Span("  as they are", "dim"))
