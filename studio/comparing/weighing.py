"""The trade-off matrix: what each option of a decision costs and gives, which one weights make the winner, and at which
weight another one wins.

Each criterion is scaled over the options that are compared: 1 for the best of them, 0 for the worst, in between by
proportion; where all are alike it decides nothing. The score is the weighted mean. With one weight free and the others
as they are, every option's weighted sum is a straight line over that weight, so the winner is the highest line and
changes where two of them cross: exactly, without trying weights.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from studio.analysis import Analysis
from studio.comparing.consequences import compared_flags, value_of
from studio.comparing.options import Variant, variants
from studio.estimates.figures import figure
from studio.model.records import Decision
from studio.units import DURATIONS, point

CRITERIA: Final[Mapping[str, str]] = {
    "cost": "cost_per_month", "p99": "p99_ms", "availability": "availability", "complexity": "complexity",
    "effort": "effort_weeks", "flags": "open_flags",
}  # fmt: skip
"""The figure behind each criterion. All but availability are the better the less."""
_NOTHING: Final = 1e-9
"""A weight nobody can go below."""
_WEEK: Final = float(DURATIONS["week"])


class Row(NamedTuple):
    """One option."""

    variant: Variant
    figures: Mapping[str, float | None]
    """By criterion; None where unknown."""
    new: tuple[str, ...]
    """Open findings that the chosen design has not, as `REL001 components.db`."""
    resolved: tuple[str, ...]
    """Open findings of the chosen design that it has not."""


class Turn(NamedTuple):
    """Where the winner changes as one weight moves and the others stay."""

    criterion: str
    weight: float
    """What it is now."""
    at: float
    """The weight at which both are equal."""
    winner: str
    """Id of the option that wins beyond it."""
    is_above: bool
    """Whether beyond is more than that weight, or less."""


class Matrix(NamedTuple):
    """The options of one decision beside each other."""

    decision: Decision
    rows: tuple[Row, ...]
    weights: Mapping[str, float]
    """As given; nothing where nobody gave any."""
    scores: Mapping[str, float]
    """0 to 1 by option, for those whose weighted figures are all known."""
    winner: str | None
    turns: tuple[Turn, ...]
    """The nearest change on either side of each weight, in the order of the criteria."""
    notes: tuple[str, ...]
    """What is not known, and where the design does not follow its decision, in words."""


def matrix(analysis: Analysis, decision: Decision) -> Matrix:
    """The options of a decision, compared by the figures of the designs they would give."""
    rows = tuple(_row(analysis, variant) for variant in variants(analysis, decision))
    weights = _weights(decision)
    compared = [row for row in rows if all(row.figures[name] is not None for name in weights)] if weights else []
    merits = _merits(compared, tuple(weights))
    total = sum(weights.values())
    sums = {id_: sum(weights[name] * merit[name] for name in weights) for id_, merit in merits.items()}
    winner = _best(sums, decision.chosen) if total and len(sums) > 1 else None
    return Matrix(
        decision,
        rows,
        weights,
        {id_: value / total for id_, value in sums.items()} if total else {},
        winner,
        tuple(_turns(merits, weights, winner)) if winner else (),
        tuple(_notes(rows, weights)),
    )


def _weights(decision: Decision) -> dict[str, float]:
    """What somebody gave a weight above zero."""
    given = decision.weights
    if given is None:
        return {}
    found = {name: getattr(given, name) for name in CRITERIA}
    return {name: point(weight) for name, weight in found.items() if weight is not None and point(weight) > 0}


def _row(analysis: Analysis, variant: Variant) -> Row:
    if variant.analysis is None:
        return Row(variant, dict.fromkeys(CRITERIA), (), ())
    flags = compared_flags(analysis.report, variant.analysis.report, {})
    new = tuple(f"{f.rule.id} {f.on}" for f in flags.new if f.accepted is None)
    resolved = tuple(f"{f.rule.id} {f.on}" for f in flags.resolved if f.accepted is None)
    return Row(variant, {name: _figure(variant.analysis, name) for name in CRITERIA}, new, resolved)


def _figure(analysis: Analysis, criterion: str) -> float | None:
    if criterion == "effort":
        return _effort(analysis)
    if criterion == "flags":
        return float(sum(finding.accepted is None for finding in analysis.report.findings))
    if criterion == "complexity":
        return value_of(analysis, criterion)
    return figure(analysis.estimates, CRITERIA[criterion])


def _effort(analysis: Analysis) -> float | None:
    """Person-weeks to build it all; None while something the team builds itself does not say its own."""
    if any(component.effort is None for component in analysis.facts.deployables):
        return None
    return sum(point(part.effort) for part in analysis.design.components if part.effort is not None) / _WEEK


def _merits(rows: Sequence[Row], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """How good each option is by each criterion, from 0 to 1."""
    found: dict[str, dict[str, float]] = {row.variant.id: {} for row in rows}
    for name in names:
        sign = 1.0 if name == "availability" else -1.0
        values = {row.variant.id: sign * (row.figures[name] or 0.0) for row in rows}
        least, most = min(values.values(), default=0.0), max(values.values(), default=0.0)
        for id_, value in values.items():
            found[id_][name] = (value - least) / (most - least) if most > least else 0.0
    return found


def _best(sums: Mapping[str, float], chosen: str | None) -> str:
    """The highest; of equals the chosen one, else the first."""
    most = max(sums.values())
    best = [id_ for id_, value in sums.items() if value >= most - 1e-12]
    return chosen if chosen in best else best[0]


def _turns(merits: Mapping[str, Mapping[str, float]], weights: Mapping[str, float], winner: str) -> Iterator[Turn]:
    """The nearest crossings below and above each weight."""
    for name in weights:
        found = [
            turn for other in merits if other != winner for turn in _crossing(merits, weights, name, winner, other)
        ]
        below = max((turn for turn in found if not turn.is_above), key=lambda turn: turn.at, default=None)
        above = min((turn for turn in found if turn.is_above), key=lambda turn: turn.at, default=None)
        yield from (turn for turn in (below, above) if turn is not None)


def _crossing(
    merits: Mapping[str, Mapping[str, float]], weights: Mapping[str, float], name: str, winner: str, other: str
) -> Iterator[Turn]:
    """Where two lines cross over one weight: rest + weight × merit is the same for both."""
    steeper = merits[other][name] - merits[winner][name]
    if steeper == 0:
        return
    ahead = sum(weights[key] * (merits[winner][key] - merits[other][key]) for key in weights if key != name)
    at = ahead / steeper
    if at > (0.0 if steeper > 0 else _NOTHING):
        yield Turn(name, weights[name], at, other, is_above=steeper > 0)


def _notes(rows: Sequence[Row], weights: Mapping[str, float]) -> Iterator[str]:
    for row in rows:
        variant = row.variant
        if variant.why_not:
            yield f"{variant.id}: {variant.why_not}"
        yield from variant.differs
        if variant.analysis is None:
            continue
        unknown = [name for name, value in row.figures.items() if value is None]
        for name in unknown:
            counts = ", which has a weight: it has no score" if name in weights else ""
            yield f"{variant.id}: {name} is unknown ({_why(variant.analysis, name)}){counts}"


def _why(analysis: Analysis, name: str) -> str:
    if name == "effort":
        silent = [component.id for component in analysis.facts.deployables if component.effort is None]
        return f"components.{silent[0]}.effort is not given" if silent else "nothing says it"
    return analysis.estimates.unknown.get(CRITERIA[name], "the design does not say enough")
