"""Inspector: the selected component or connection, its own figures, its flags, and every field of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult

from studio.estimates.wording import worded
from studio.model.address import Address, dotted, part_at
from studio.model.design import Design
from studio.tui.canvas.marks import ROLES, SIGNS, flags_by_subject
from studio.tui.forms.form import Form
from studio.tui.forms.known import known_of
from studio.tui.forms.sheet import Item, Sheet, sheet, words_of
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.messages import SelectionWanted
from studio.tui.panes.pane import Pane
from studio.tui.view import View

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

COMPONENT_FIGURES: Final = (
    "peak_rps", "capacity_rps", "utilisation", "instances_needed", "instances_recommended", "mean_ms", "p99_ms",
    "availability", "cost_per_month", "breaks_at",
)  # fmt: skip
CONNECTION_FIGURES: Final = ("peak_rps", "worst_case_ms", "retry_amplification")
_CAPTIONS: Final = {"deadline_ms": "patience", "below_ms": "worst below it", "expected_attempts": "tries"}
_REGIMES: Final = {"safe": "good", "metastable": "warning", "collapsed": "bad"}
CALL_FIGURES: Final = ("deadline_ms", "below_ms", "too_late", "expected_attempts", "gives_up")
DESIGN_FIGURES: Final = (
    "requests_per_day", "average_rps", "peak_rps", "peak_read_rps", "peak_write_rps", "bytes_per_day",
    "stored_bytes_per_month", "stored_bytes_total", "bandwidth_bytes_per_s",
)  # fmt: skip


class InspectorPane(Pane):
    """What is known and said of the selection."""

    number = 4
    called = "Inspector"

    def __init__(self, *, identifier: str) -> None:
        super().__init__(identifier=identifier)
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """The form."""
        yield Form(self._sheet, empty="…")

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def show(self, view: View) -> None:
        """Shows the selection; a field that was being edited is left when another thing is selected."""
        if self._view is not None and self._view.selection != view.selection:
            self.form.step_out_quietly()
        self._view = view
        self.entitle(_called(view))
        self.form.show(view.design, known_of(view))

    def take_focus(self) -> None:
        """To the rows of the form."""
        self.screen.set_focus(self.form.rows)

    def step_out(self) -> bool:
        """Leaves the field that is being edited."""
        return self.form.step_out()

    @on(Form.Renamed)
    def _renamed(self, message: Form.Renamed) -> None:
        message.stop()
        if self._view is not None and self._view.selection in (None, message.old):
            self.post_message(SelectionWanted(message.new))

    def _sheet(self, design: Design, opened: frozenset[str], columns: int) -> Sheet:
        view = self._view
        if view is None:
            return Sheet((), {})
        return _whole_design(view) if view.selection is None else _selected(view, design, opened, columns)


def _called(view: View) -> str:
    if view.selection is None:
        return "the whole design"
    kind, id_ = view.selection
    component = view.design.component.get(id_) if kind == "components" else None
    return component.label if component else id_


def _selected(view: View, design: Design, opened: frozenset[str], columns: int) -> Sheet:
    address = view.selection
    if address is None or part_at(design, address) is None:
        return Sheet((), {})
    names = COMPONENT_FIGURES if address[0] == "components" else CONNECTION_FIGURES
    figures = getattr(view.analysis.estimates, address[0]).get(address[1])
    pairs = list(_figure_rows(view, figures, address, names))
    pairs += [*_limits(view, address), *_budget(view, address), *_flag_rows(view, address)]
    form = sheet(design, address, opened, columns=columns, known=known_of(view))
    rows = (*(found for found, _ in pairs), words("fields", Span("Fields", "title")), *form.rows)
    return Sheet(rows, {**{found.key: item for found, item in pairs if item}, **form.items})


def _budget(view: View, address: Address) -> Iterator[tuple[Row, Item | None]]:
    """Patience and retries of a call somebody waits for."""
    budget = view.analysis.estimates.call_budgets.get(address[1]) if address[0] == "connections" else None
    if budget is None or budget.deadline_ms is None:
        return
    place = ("call_budgets", address[1])
    yield from _each(view, budget, place, CALL_FIGURES)
    if budget.regime is not None:
        path, role = f"{dotted(place)}.expected_attempts", _REGIMES[budget.regime]
        shown = (Span(budget.regime, role),)
        yield row(f"{path}:regime", Span("retries", "dim"), right=shown), Item("figure", place, path)


def _limits(view: View, address: Address) -> Iterator[tuple[Row, Item | None]]:
    """What of a component runs out besides capacity."""
    start = f"{dotted(address)}."
    for limit in view.analysis.estimates.limits:
        if limit.path.startswith(start):
            path, share = f"limits.{limit.path}", limit.share
            used = Span("?", "faint")
            if share is not None:
                used = Span(worded("used_share", share), _role_of("utilisation", share, _limit(view, address)))
            caption = words_of(limit.path.removeprefix(start))
            yield row(path, Span(caption, "dim"), right=(used,)), Item("figure", address, path)


def _whole_design(view: View) -> Sheet:
    pairs = list(_figure_rows(view, view.analysis.estimates.traffic, ("traffic",), DESIGN_FIGURES))
    pairs += _flag_rows(view, ("design",))
    hint = words("hint", Span("Select a box on the canvas to see its fields here.", "faint"), wraps=True)
    return Sheet((*(found for found, _ in pairs), hint), {found.key: item for found, item in pairs if item})


def _figure_rows(
    view: View, figures: object, address: Address, names: tuple[str, ...]
) -> Iterator[tuple[Row, Item | None]]:
    yield words("figures", Span("Figures at peak" if view.is_current else "Figures at peak …", "title")), None
    yield from _each(view, figures, address, names)


def _each(view: View, figures: object, address: Address, names: tuple[str, ...]) -> Iterator[tuple[Row, Item | None]]:
    """One row for each figure, and why it is unknown."""
    said, limit = "", _limit(view, address)
    for name in names:
        value = getattr(figures, name, None)
        path = f"{dotted(address)}.{name}"
        reason = view.analysis.estimates.unknown.get(path, "")
        plain = words_of(name).removesuffix(" ms").replace("rps", "requests").removesuffix(" bytes per s")
        caption = _CAPTIONS.get(name, plain)
        shown = Span(worded(name, value), _role_of(name, value, limit)) if value is not None else Span("?", "faint")
        yield row(path, Span(caption, "dim"), right=(shown,)), Item("figure", address, path)
        if value is None and reason and reason != said:
            said = reason
            yield words(f"why:{path}", Span(f"  {reason}", "faint"), wraps=True, indent=2), None


def _limit(view: View, address: Address) -> float:
    """The utilisation above which the part counts as busy."""
    facts = view.analysis.facts
    part = view.design.component.get(address[1]) if address[0] == "components" else None
    return (facts.thresholds_for(part) if part is not None else facts.thresholds).utilisation_warning


def _role_of(name: str, value: float, limit: float) -> str:
    if name == "utilisation":
        return "bad" if value >= 1 else "warning" if value > limit else ""
    return "warning" if name == "breaks_at" and value < 1 else ""


def _flag_rows(view: View, address: Address) -> Iterator[tuple[Row, Item | None]]:
    found: list[Finding] = flags_by_subject(view.analysis).get(address, [])
    if found:
        yield words("flags", Span("Flags", "title")), None
    for finding in found:
        key = f"flag:{finding.fingerprint}"
        sign = Span(f"{SIGNS[finding.severity]} ", ROLES[finding.severity])
        text = f"{finding.rule.id} {finding.verdict.message or finding.rule.title}"
        yield row(key, sign, text, wraps=True, indent=2), Item("flag", address, finding.fingerprint)
