"""The numbers at which rules speak. Where no source decides they are a judgement of ours."""

from typing import NamedTuple


class Thresholds(NamedTuple):
    """All thresholds with their defaults."""

    utilisation_warning: float = 0.7
    """Share of capacity at peak above which waiting grows fast (M/M/c); the usual planning limit."""
    growth: float = 10.0
    """× today's peak a design is asked to survive when it does not say."""
    growth_worth_a_plan: float = 1.5
    """× today's peak up to which nobody needs a scaling strategy."""
    deployables_per_engineer: float = 2.0
    """What a team builds and deploys itself, for each engineer, before keeping it up to date fills the week."""
    smallest_microservice_team: int = 8
    """Two teams of four: below this a service boundary is a wall inside one team."""
    complexity_per_engineer: float = 10.0
    """Points of complexity in the budget, for each engineer."""
    complexity_error: float = 1.5
    """× the complexity budget at which a warning becomes an error."""
    prototype_complexity: float = 0.5
    """Share of the complexity budget that a prototype may spend."""
    model_cost_share: float = 0.3
    """Share of the budget that calls of language models may take without a decision."""
    latency_error: float = 1.2
    """× the latency budget at which a warning becomes an error."""


DEFAULTS = Thresholds()
