"""What a month costs: every copy of every component, the tokens, the support. US dollars, list prices as given."""

from collections.abc import Mapping

from studio.estimates.basis import Basis, Numbers, known
from studio.estimates.results import AiUse, ComponentFigures, Figure


def is_paid_by_tokens(basis: Basis, numbers: Numbers) -> bool:
    """Whether the component's bill is the tokens': a language model without a price of its own."""
    return numbers.kind == "llm" and numbers.cost is None and basis.design.requirements.ai is not None


def component_cost(basis: Basis, numbers: Numbers) -> float | str:
    """Copies × the cost of one, or what is missing. A client costs nothing unless it says so."""
    if numbers.cost is not None:
        return numbers.copies * numbers.cost
    if numbers.is_client or is_paid_by_tokens(basis, numbers):
        return 0.0
    return f"cost_per_month of {numbers.id} is not given"


def support_cost(basis: Basis) -> float:
    """People and tools that keep it running; nothing unless it is given."""
    return known(basis.design.operations.support_cost_per_month) or 0.0


def total_cost(
    basis: Basis, components: Mapping[str, ComponentFigures], ai: AiUse | None, unknown: dict[str, str]
) -> Figure:
    """Components + tokens + support; unknown as long as one part is."""
    silent = [name for name, figures in components.items() if figures.cost_per_month is None]
    if silent:
        verb = "is" if len(silent) == 1 else "are"
        unknown["cost_per_month"] = f"cost_per_month of {', '.join(silent)} {verb} not given"
        return None
    if ai is not None and ai.cost_per_month is None:
        unknown["cost_per_month"] = unknown["ai.cost_per_month"]
        return None
    total = sum(figures.cost_per_month or 0.0 for figures in components.values())
    return total + (ai.cost_per_month or 0.0 if ai is not None else 0.0) + support_cost(basis)
