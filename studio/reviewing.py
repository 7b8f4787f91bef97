"""A review of ten minutes: questions about one design, made of the model, the figures and the flags, and their answers
as edits. What weighs most comes first; the same design gives the same questions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from studio.analysis import Analysis
from studio.edits.edit import Add
from studio.edits.gestures import free_id
from studio.estimates.conditions import Conditions
from studio.model.address import Address, dotted
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DATA_HOLDERS
from studio.model.records import Acceptance, Decision, Option, Question
from studio.model.values import DecisionId
from studio.red_flags.report import Finding
from studio.red_flags.rule import Severity
from studio.text import listed, one_line
from studio.units import Dimension, grouped, point, shown

Sort: TypeAlias = Literal["flag", "growth", "loss", "slow", "why", "owner", "unknown", "purpose"]

MOST: Final = 12
MINUTES: Final = 10
_OF_A_SORT: Final = 3
"""Cards of one sort at most: a review looks at several sides."""
_LOSSES: Final = 4
"""Components whose loss is worked out: each costs as much as all figures together."""


class Card(NamedTuple):
    """One question."""

    id: str
    """`loss:db`; the same as long as the question is."""
    sort: Sort
    question: str
    about: Address
    """What it is about; empty for the whole design."""
    facts: tuple[str, ...]
    """What is known, each a sentence without a full stop."""
    weight: float
    flag: str = ""
    """The fingerprint of the flag it asks about."""


def deck(analysis: Analysis, most: int = MOST) -> tuple[Card, ...]:
    """The questions of a review, the weightiest first; never none."""
    cards = sorted(_cards(analysis), key=lambda card: -card.weight)
    kept: list[Card] = []
    for card in cards:
        if len(kept) < most and sum(other.sort == card.sort for other in kept) < _OF_A_SORT:
            kept.append(card)
    return tuple(kept)


def _cards(analysis: Analysis) -> Iterator[Card]:
    yield from _flags(analysis)
    yield from _growth(analysis)
    yield from _losses(analysis)
    yield from _slow(analysis)
    yield from _technologies(analysis)
    yield from _owners(analysis)
    yield from _unknown(analysis)
    yield from _purpose(analysis.design)


# Questions -----------------------------------------------------------------------------------------------------------


def _flags(analysis: Analysis) -> Iterator[Card]:
    weights = {Severity.ERROR: 100.0, Severity.WARNING: 62.0}
    for place, finding in enumerate(f for f in analysis.report.findings if f.accepted is None):
        if finding.severity in weights:
            on = "" if finding.address == ("design",) else f" on {analysis.facts.label(finding.address)}"
            said = one_line(finding.verdict.message or finding.rule.title)
            facts = (f"{finding.rule.id}{on}: {said}", *(f"would mend it: {fix}" for fix in finding.verdict.fix[:2]))
            yield Card(
                f"flag:{finding.rule.id}:{finding.on}", "flag",
                f"{finding.rule.id} is open{on}: is it mended, or accepted, and why?",
                _subject(finding.address), facts, weights[finding.severity] - 0.01 * place, finding.fingerprint,
            )  # fmt: skip


def _subject(address: Address) -> Address:
    return address[:2] if address[0] in ("components", "connections", "data", "journeys") else ()


def _growth(analysis: Analysis) -> Iterator[Card]:
    first = analysis.estimates.breaks_first
    if first is None:
        return
    rungs = [rung for rung in analysis.estimates.ladder if rung.at <= 10][:3]
    facts = [f"at {grouped(rung.at)}× {one_line(rung.why)}; {one_line(rung.fix)}" for rung in rungs]
    if not facts:
        facts = [f"{_label(analysis.design, first.component)} is full first, at {grouped(first.at)}× today's peak"]
    weight = 90.0 if first.at < 2 else 80.0 if first.at < 10 else 40.0
    question = "What happens at 10× today's peak, and who does what about it?"
    yield Card("growth", "growth", question, ("components", first.component), tuple(facts), weight)


def _losses(analysis: Analysis) -> Iterator[Card]:
    """What is gone with it; of the components the must journeys need first."""
    design = analysis.design
    needed = analysis.facts.indispensable
    called = {component.id: len(design.callers_of.get(component.id, ())) for component in design.components}
    asked = [component for component in design.components if component.kind != "client" and called[component.id]]
    asked.sort(key=lambda component: (component.id not in needed, -called[component.id]))
    for component in asked[:_LOSSES]:
        found = _loss(analysis, component)
        if found is not None:
            yield found


def _loss(analysis: Analysis, component: Component) -> Card | None:
    without = analysis.instead(conditions=Conditions(down=frozenset((component.id,))))
    radius = without.estimates.blast_radius
    facts = []
    if radius.stopped:
        share = f", {shown(radius.stopped_share, Dimension.RATIO)} of all requests" if radius.stopped_share else ""
        facts.append(f"what stops: {listed(stop.journey for stop in radius.stopped)}{share}")
    if radius.degraded:
        facts.append(f"what goes on with less: {listed(less.journey for less in radius.degraded)}")
    if without.estimates.cascade:
        fallen = dict.fromkeys(_label(analysis.design, fallen.component) for fallen in without.estimates.cascade)
        facts.append(f"what is overloaded then: {listed(fallen)}")
    if not facts:
        return None
    facts.append(f"it runs as {component.copies} cop{'ies' if component.copies > 1 else 'y'}")
    if component.failures:
        facts.append(f"written down: {listed(failure.id for failure in component.failures)}")
    weight = 55 + 20 * (radius.stopped_share or (0.5 if radius.stopped else 0)) - 12 * bool(component.failures)
    question = f"What if {component.label} is gone: what do users see, and how does it come back?"
    return Card(f"loss:{component.id}", "loss", question, ("components", component.id), tuple(facts), weight)


def _slow(analysis: Analysis) -> Iterator[Card]:
    """What is promised while something waited for is slow: calls without timeout or without anything else to do."""
    design = analysis.design
    hard = analysis.facts.hard_path
    asked: set[str] = set()
    for line in design.connections:
        is_asked = line.is_synchronous and line.source in hard and not (line.timeout and line.fallback)
        if is_asked and line.target not in asked:
            asked.add(line.target)
            target = design.component[line.target]
            weight = 46 + 8 * (not line.timeout) + 4 * (target.kind == "external") + 2 * line.is_hard
            question = f"What is promised when {target.label} is slow, and {_label(design, line.source)} waits for it?"
            yield Card(f"slow:{line.id}", "slow", question, ("connections", line.id), tuple(_patience(line)), weight)


def _patience(line: Connection) -> Iterator[str]:
    wait = f"gives up after {shown(line.timeout, Dimension.DURATION)}" if line.timeout else "waits for ever: no timeout"
    tries = f", {line.tries} times in all" if line.tries > 1 else ""
    yield f"{line.source} {wait}{tries}"
    yield f"then it does: {one_line(line.fallback)}" if line.fallback else "nothing is done instead: no fallback"


def _technologies(analysis: Analysis) -> Iterator[Card]:
    for component in analysis.design.components:
        if component.technology is None or component.kind in ("client", "external"):
            continue
        if analysis.facts.decisions_about(component.id):
            continue
        needs = component.id in analysis.facts.indispensable
        weight = 30 + 14 * (component.why is None) + 6 * (component.kind in DATA_HOLDERS) + 4 * needs
        facts = [f"no decision is about it; why it is there: {one_line(component.why or 'nobody said')}"]
        figures = analysis.estimates.components.get(component.id)
        if figures is not None and figures.utilisation is not None and figures.peak_rps is not None:
            full = f"{figures.utilisation * 100:.0f} %"
            facts.append(f"at peak {grouped(figures.peak_rps)} requests/s, {full} of what it can do")
        question = f"Why {one_line(component.technology)} for {component.label}, and what was the alternative?"
        yield Card(f"why:{component.id}", "why", question, ("components", component.id), tuple(facts), weight)


def _owners(analysis: Analysis) -> Iterator[Card]:
    silent = [c for c in analysis.design.components if c.kind not in ("client", "external") and not c.owner]
    silent.sort(key=lambda component: component.id not in analysis.facts.indispensable)
    on_call = analysis.design.constraints.on_call
    for place, component in enumerate(silent[:2]):
        facts = [f"no owner is named; {len(silent)} components have none" if len(silent) > 1 else "no owner is named"]
        alerts = component.observe.alerts if component.observe is not None else ()
        facts.append(f"wakes somebody: {listed(alerts)}" if alerts else "no alert of it is written down")
        facts += [f"{grouped(point(on_call))} people are on call"] if on_call is not None else []
        question = f"Who owns {component.label}, and who is paged when it fails?"
        yield Card(f"owner:{component.id}", "owner", question, ("components", component.id), tuple(facts), 52.0 - place)


def _unknown(analysis: Analysis) -> Iterator[Card]:
    question = analysis.report.next_question
    if question is not None:
        facts = (f"the answer settles {listed(question.unblocks)}", f"it belongs into {question.field}")
        about = _subject(tuple(question.field.split(".")))
        yield Card(f"unknown:{question.field}", "unknown", f"Unknown: {question.ask}", about, facts, 60.0)


def _purpose(design: Design) -> Iterator[Card]:
    said = [f"{requirement.id}: {one_line(requirement.text)}" for requirement in design.requirements.functional
            if requirement.text]  # fmt: skip
    facts = tuple(said[:3]) or ("no functional requirement is written down",)
    question = "What must it do, for how many, and what does it leave to others?"
    yield Card("purpose", "purpose", question, (), facts, 10.0 if said else 70.0)


def _label(design: Design, component: str) -> str:
    found = design.component.get(component)
    return found.label if found is not None else component


# Answers -------------------------------------------------------------------------------------------------------------


def decided(design: Design, card: Card, chosen: str, instead: str, why: str, today: date) -> Add:
    """The answer as a decision: what was chosen, instead of what (may be empty), and why."""
    subject = card.about[-1] if card.about else "design"
    id_ = free_id(f"{card.sort}-{subject}", (decision.id for decision in design.decisions))
    first = free_id(chosen[:40], ())
    options = [Option(id=first, name=chosen)]
    if instead:
        options.append(Option(id=free_id(instead[:40], (first,)), name=instead))
    decision = Decision(
        id=DecisionId(id_),
        title=card.question,
        status="accepted",
        about=(card.about[1],) if card.about else (),
        context="; ".join(card.facts),
        chosen=first,
        why=why,
        decided=today,
        options=tuple(options),
    )
    return Add(("decisions", id_), decision)


def asked(design: Design, card: Card, text: str, whom: str) -> Add:
    """The answer nobody has yet, as an open question; `whom` to ask may be empty."""
    subject = card.about[-1] if card.about else "design"
    id_ = free_id(f"{card.sort}-{subject}", (question.id for question in design.questions))
    return Add(("questions", id_), Question(id=id_, text=text, ask=whom or None))


def accepted(design: Design, finding: Finding, why: str, by: str, until: date) -> Add:
    """The flag accepted, with its reason, for a time."""
    id_ = free_id(f"{finding.rule.id}-{finding.address[-1]}", (found.id for found in design.accepted))
    on = None if finding.address == ("design",) else dotted(finding.address)
    return Add(("accepted", id_), Acceptance(id=id_, flag=finding.rule.id, on=on, why=why, by=by, until=until))


# The way through -----------------------------------------------------------------------------------------------------

Answer: TypeAlias = Literal["decided", "accepted", "asked", "skipped"]


class Review(NamedTuple):
    """Where a review stands."""

    cards: tuple[Card, ...]
    answers: tuple[tuple[str, Answer], ...] = ()
    """Ids of cards with their answers, in the order of answering."""
    place: int = 0

    @property
    def card(self) -> Card | None:
        """The question to be answered; None when all were gone through."""
        return self.cards[self.place] if self.place < len(self.cards) else None

    def answered(self, answer: Answer) -> "Review":
        """With an answer to this card, at the next one."""
        if self.card is None:
            return self
        others = tuple(pair for pair in self.answers if pair[0] != self.card.id)
        return self._replace(answers=(*others, (self.card.id, answer)), place=self.place + 1)

    def back(self) -> "Review":
        """At the card before."""
        return self._replace(place=max(self.place - 1, 0))

    def count(self, answer: Answer) -> int:
        """How many cards were answered so."""
        return sum(given == answer for _, given in self.answers)

    def of(self, answers: Iterable[Answer]) -> tuple[Card, ...]:
        """The cards that were answered in one of these ways, in their order."""
        wanted = set(answers)
        given = dict(self.answers)
        return tuple(card for card in self.cards if given.get(card.id) in wanted)
