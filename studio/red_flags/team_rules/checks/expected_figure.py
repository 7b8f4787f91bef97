"""A figure of the estimates must be what a comparison says.

Keys: `expect`, as in scenarios: `cost_per_month <= 5000`, `availability >= 99.9% and p99_ms <= 400`; `section`, the
design when not given; with components, connections or journeys the names are those of each part's own figures
(`utilisation <= 0.6`); `where`. Unknown while the figure is; the answer names the fields that would tell.
"""

from typing import Any

from studio.catalogue.tables import Table
from studio.comparisons import Comparison
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Scope, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.team_rules.fields import label_of, noun, section_in, shown
from studio.red_flags.team_rules.figures import SECTIONS_WITH_FIGURES, NoFigure, comparison_in, path_of, value_at
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.text import listed


def made(table: Table) -> Made:
    """Fails a design, or a part of it, of which the comparison does not hold."""
    section = section_in(table, default="design")
    if section not in SECTIONS_WITH_FIGURES:
        table.complain("section", f"{section} have no figures", f"write {listed(SECTIONS_WITH_FIGURES, 'or')}")
    text = table.text("expect")
    comparison, chosen = _comparison(table, text, section), where(table, section)

    def check(part: Any, facts: Facts) -> Verdict:
        if comparison is None:
            return not_applicable()
        paths = {name: path_of(name, section, getattr(part, "id", "")) for name in comparison.names}
        try:
            values = {name: value_at(path, facts) for name, path in paths.items()}
        except LookupError:  # it names a part that this design does not have, or a section it has no use for
            return not_applicable()
        holds = comparison.holds(values.get)
        if holds:
            return passed(**values)
        silent = _silent(paths, values, facts) if holds is None else ()
        if silent:
            return unknown(*silent)
        return failed(
            f"{shown(text)} does not hold for {label_of(part, facts)}: {_given(paths, values, facts)}",
            evidence={"expect": text, **values},
            fix=(f"what brings it to {shown(text)}: “tenfold estimate --explain {next(iter(paths.values()))}”",),
        )

    of = "the design" if section == "design" else every(noun(section), chosen)
    return Made(section, asked_of(chosen, check), f"{shown(text)} holds for {of}")


def _comparison(table: Table, text: str, section: Scope) -> Comparison | None:
    if not text:
        return None
    try:
        return comparison_in(text, section)
    except NoFigure as error:
        what, _, advice = str(error).rpartition("; ")
        table.complain("expect", what, advice)
        return None


def _silent(paths: dict[str, str], values: dict[str, float | None], facts: Facts) -> tuple[str, ...]:
    """The fields that would tell the figures nobody knows."""
    unknown_ones = (paths[name] for name, value in values.items() if value is None)
    return tuple(field for path in unknown_ones for field in missing.of_figure(path, facts))


def _given(paths: dict[str, str], values: dict[str, float | None], facts: Facts) -> str:
    from studio.estimates.wording import worded

    reasons = facts.estimates.unknown
    return listed(
        f"{name} is {worded(name, value)}"
        if value is not None
        else f"{name} has no value ({reasons.get(paths[name], 'not known')})"
        for name, value in values.items()
    )
