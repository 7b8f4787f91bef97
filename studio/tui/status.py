"""The lines above and below the panes, in words."""

from collections.abc import Iterator

from studio.model.address import part_at
from studio.red_flags.rule import Severity
from studio.session import Session
from studio.tui.lines.rows import Span
from studio.tui.panes.signs import UNICODE, Signs
from studio.tui.panes.target_rows import changed
from studio.tui.view import View

PANES = ("Catalogue", "Canvas", "Requirements", "Inspector", "Estimates")
CAPTIONS = {"cost_per_month": "cost", "availability": "avail", "complexity": ""}
SHORT = ("Catalogue", "Canvas", "Require", "Inspect", "Estimates")


def title_line(session: Session, view: View, pane: int, *, narrow: bool) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """File name with `*` when unsaved; on a narrow screen the panes too."""
    name = f"{session.path.name}{' *' if session.is_unsaved else ''}"
    if narrow:
        return tuple(_tabs(pane)), (Span(name, "strong"),)
    about = Span(f"  {view.design.design.name}", "dim")
    return (Span(name, "strong"), about), (Span("tenfold", "faint"),)


def _tabs(pane: int) -> Iterator[Span]:
    for number, name in enumerate(SHORT, 1):
        if number == pane:
            yield Span(f"[{number} {name}]", "accent")
        else:
            yield Span(f" {number} {name} ", "dim")


def where_line(view: View, session: Session) -> tuple[Span, ...]:
    """What is selected, and what undo would take back."""
    spans = [Span(_selected(view), "strong") if view.selection else Span("nothing selected", "faint")]
    if view.marked:
        spans.insert(0, Span(f"{len(view.marked)} marked   ", "accent"))
    if view.look.overlay:
        spans.append(Span(f"   marks: {view.look.overlay}", "dim"))
    if session.undo_label:
        spans.append(Span(f"   undo: {session.undo_label}", "dim"))
    return tuple(spans)


def _selected(view: View) -> str:
    if view.selection is None:
        return ""
    kind, id_ = view.selection[:2]
    if kind == "components" and id_ in view.design.component:
        found = view.design.component[id_]
        return f"{found.label} · {found.kind}"
    if kind == "connections" and id_ in view.design.connection:
        line = view.design.connection[id_]
        return f"{line.source} → {line.target}{f' · {line.carries}' if line.carries else ''}"
    return id_ if part_at(view.design, view.selection) is not None else ""


def figures_line(view: View, *, narrow: bool, signs: Signs = UNICODE) -> tuple[Span, ...]:
    """The figures a design is judged by, against what is wanted, and how many flags are open."""
    estimates = view.analysis.estimates
    wanted = view.design.requirements
    spans: list[Span] = [] if view.is_current and not view.is_pending else [Span("… ", "faint")]
    pairs = (
        ("p99", "p99_ms", estimates.p99_ms, wanted.performance.p99),
        ("", "cost_per_month", estimates.cost_per_month, wanted.cost.budget_per_month),
        ("", "availability", estimates.availability, wanted.availability.target),
        ("", "complexity", view.analysis.complexity, None),
    )
    met = {target.target: target.met for target in estimates.targets}
    today = view.today.estimates if view.today is not None and not narrow else None
    for caption, name, got, asked in pairs:
        before = getattr(today, name, got) if today is not None else got
        text = changed(name, before, got, signs, is_missed=met.get(name) is False)
        mark = signs.mark(met.get(name)) if asked is not None else ("", "")
        spans += _figure(caption, name, text, mark, narrow=narrow)
    return (*spans, *_flags(view))


def _figure(caption: str, name: str, text: str, mark: tuple[str, str], *, narrow: bool) -> Iterator[Span]:
    sign, role = mark
    if caption or not narrow:
        yield Span(f"{caption or CAPTIONS[name]} ", "dim")
    yield Span(text)
    yield Span(f" {sign}  " if sign else "  ", role)


def _flags(view: View) -> Iterator[Span]:
    open_ = [finding for finding in view.analysis.report.findings if finding.accepted is None]
    errors = sum(finding.severity is Severity.ERROR for finding in open_)
    warnings = sum(finding.severity is Severity.WARNING for finding in open_)
    if errors:
        yield Span(f"x{errors} ", "bad")
    if warnings:
        yield Span(f"!{warnings} ", "warning")
    if not open_:
        yield Span("no flags", "good")
    elif not errors and not warnings:
        yield Span(f"·{len(open_)}", "dim")
