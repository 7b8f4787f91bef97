"""What the figures say of a record: a journey's times, whether a scenario holds, what an acceptance covers."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from studio.estimates.wording import worded
from studio.model.address import Address, dotted, part_at
from studio.model.behaviour import Journey, Scenario
from studio.model.records import Acceptance, Assumption, Decision
from studio.tui.forms.sheet import Item
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.view import View
from studio.units import point

if TYPE_CHECKING:
    from studio.estimates.results import JourneyFigures
    from studio.red_flags.report import Report

Found = Iterator[tuple[Row, Item | None]]
_FIGURES: Final = ("peak_rps", "p50_ms", "p99_ms", "availability")


def about(view: View, address: Address, *, journeys_ready: bool) -> Found:
    """The rows above a record's fields; `journeys_ready` says that the figures of journeys are worked out."""
    part = part_at(view.design, address)
    if isinstance(part, Journey):
        yield from _of_journey(view, part, address, ready=journeys_ready)
    elif isinstance(part, Scenario):
        yield from _of_scenario(view, address)
    elif isinstance(part, Acceptance):
        yield from _of_acceptance(view, part)
    elif isinstance(part, Decision) and part.options:
        text = f"{len(part.options)} options side by side"
        yield row("compare", Span("t ", "key"), text), Item("options", address)
    elif isinstance(part, Assumption) and part.check_by is not None and part.check_by < view.analysis.today:
        yield words("late", Span(f"✗ should have been checked by {part.check_by}", "warning")), None


def _of_journey(view: View, journey: Journey, address: Address, *, ready: bool) -> Found:
    title = "As its user feels it, at peak" if view.is_current else "As its user feels it, at peak …"
    yield words("figures", Span(title, "title")), None
    if not ready:
        yield words("figures-wait", Span("…", "faint")), None
        return
    figures = view.analysis.estimates.journeys.get(journey.id)
    if figures is None:
        return
    wanted = _wanted(view, journey)
    for name in _FIGURES:
        yield from _figure(view, figures, address, name, wanted.get(name))


def _wanted(view: View, journey: Journey) -> dict[str, float]:
    """What is wanted of a journey, in the unit of the figure: its own target first, then the design's."""
    whole = view.design.requirements
    pairs = {
        "p50_ms": (whole.performance.p50, 1000.0),
        "p99_ms": (journey.p99 if journey.p99 is not None else whole.performance.p99, 1000.0),
        "availability": (
            journey.availability if journey.availability is not None else whole.availability.target,
            1.0,
        ),
    }
    return {name: point(asked) * scale for name, (asked, scale) in pairs.items() if asked is not None}


def _figure(view: View, figures: "JourneyFigures", address: Address, name: str, wanted: float | None) -> Found:
    value, path = getattr(figures, name), f"{dotted(address)}.{name}"
    caption = name.removesuffix("_ms").replace("peak_rps", "requests")
    spans = [Span(worded(name, value), "" if value is not None else "faint")]
    if wanted is not None:
        least = name == "availability"
        met = None if value is None else value >= wanted if least else value <= wanted
        sign, role = {True: ("✓", "good"), False: ("✗", "bad"), None: ("?", "faint")}[met]
        spans += [Span(f" {sign} ", role), Span(f"{'≥' if least else '≤'} {worded(name, wanted)}", "dim")]
    yield row(path, Span(caption, "dim"), right=spans), Item("figure", address, path)
    reason = view.analysis.estimates.unknown.get(path)
    if value is None and reason:
        yield words(f"why:{path}", Span(f"  {reason}", "faint"), wraps=True, indent=2), None


def _report(view: View) -> "Report | None":
    return vars(view.analysis).get("report")


def _of_scenario(view: View, address: Address) -> Found:
    report = _report(view)
    if report is None or not view.is_current:
        yield words("holds", Span("…", "faint")), None
        return
    finding = next((found for found in report.findings if found.address == address), None)
    silent = next((found.missing for found in report.unknown if found.address == address), None)
    if finding is not None:
        said = finding.verdict.message or "it does not hold"
        shown = row("holds", Span("✗ does not hold now: ", "bad"), said, wraps=True, indent=2)
        yield shown, Item("flag", address, finding.fingerprint)
    elif silent is not None:
        said = f"? cannot be told: {', '.join(silent)} not given"
        yield words("holds", Span(said, "faint"), wraps=True, indent=2), None
    else:
        yield words("holds", Span("✓ holds now", "good")), None


def _of_acceptance(view: View, accepted: Acceptance) -> Found:
    report = _report(view)
    if report is None or not view.is_current:
        return
    found = next((f for f in report.findings if f.accepted is not None and f.accepted.id == accepted.id), None)
    if found is not None:
        said = Span(f"covers {found.rule.id} on {found.on}: {found.rule.title}", "dim")
    elif accepted.until < view.analysis.today:
        said = Span(f"✗ ended on {accepted.until}: the flag is open again", "warning")
    else:
        said = Span("covers no flag of the design as it is", "faint")
    yield words("covers", said, wraps=True, indent=2), None


def marks(view: View, section: str) -> dict[str, Span]:
    """A sign for the records of a section that ask for attention, by id."""
    if section == "scenarios":
        return _broken(view)
    if section == "accepted":
        return {a.id: Span("✗ ended", "warning") for a in view.design.accepted if a.until < view.analysis.today}
    if section == "decisions":
        return {d.id: Span(d.status, "dim") for d in view.design.decisions if d.status}
    if section == "risks":
        return {r.id: Span(f"{r.likelihood or '?'} × {r.impact or '?'}", "dim") for r in view.design.risks}
    if section == "assumptions":
        return _late(view, view.analysis.today)
    return {}


def _late(view: View, today: date) -> dict[str, Span]:
    found = view.design.assumptions
    return {a.id: Span("✗ late", "warning") for a in found if a.check_by is not None and a.check_by < today}


def _broken(view: View) -> dict[str, Span]:
    report = _report(view)
    if report is None:
        return {}
    broken = {finding.address[1] for finding in report.findings if finding.address[0] == "scenarios"}
    silent = {found.address[1] for found in report.unknown if found.address[0] == "scenarios"}
    signs = {True: Span("✗", "bad"), False: Span("✓", "good")}
    return {
        scenario.id: Span("?", "faint") if scenario.id in silent - broken else signs[scenario.id in broken]
        for scenario in view.design.scenarios
    }


def troubles(view: View) -> dict[str, int]:
    """How many records of a section are broken, ended or late."""
    counted = {name: marks(view, name).values() for name in ("scenarios", "accepted", "assumptions")}
    return {name: sum(mark.text.startswith("✗") for mark in found) for name, found in counted.items()}
