"""What to build and what not, and the components with their rules and budgets."""

from collections.abc import Iterator

from studio.analysis import Analysis
from studio.estimates.wording import worded
from studio.exports.agreement.pieces import ASK, Section, cell, code, row, table, words
from studio.exports.agreement.scope import Scope
from studio.model.component import AgentLimits, Component
from studio.units import Dimension, shown

__all__ = ["components", "what_not_to_build", "what_to_build"]

_PRIORITIES = ("must", "should", "could")


def what_to_build(scope: Scope) -> Section:
    """The overview, the goals, and the requirements that are wanted, those that must be first."""
    about = scope.design.design
    wanted = sorted(
        (r for r in scope.design.requirements.functional if r.priority != "wont"),
        key=lambda r: _PRIORITIES.index(r.priority) if r.priority else len(_PRIORITIES),
    )
    rows = [f"- Goal: {words(goal)}" for goal in about.goals]
    for requirement in wanted:
        by = f" (by {code(requirement.realised_by)})" if requirement.realised_by else ""
        text = words(requirement.text) if requirement.text else ASK
        rows.append(f"- {(requirement.priority or 'priority ' + ASK).capitalize()} `{requirement.id}`: {text}{by}")
    overview = words(about.overview) if about.overview else f"What it is for: {ASK}."
    return Section("What to build", (overview,), (), tuple(rows), rank=40, least=6)


def what_not_to_build(scope: Scope) -> Section:
    """Non-goals, and requirements that are deliberately not met."""
    rows = [f"- {words(point)}" for point in scope.design.design.non_goals]
    refused = (r for r in scope.design.requirements.functional if r.priority == "wont")
    rows += [f"- `{r.id}`: {words(r.text or r.id)}" for r in refused]
    rows += [f"- Constraint: {words(given)}" for given in scope.design.constraints.technology]
    said = "Nothing beyond what is written here." if rows else f"Nothing beyond what is written here. Non-goals: {ASK}."
    return Section("What not to build", (said,), (), tuple(rows), rank=35, least=4)


def components(scope: Scope) -> Section:
    """The map of the components: what each does and alone decides, its rules, what it may use up."""
    head = table("Component", "Name", "Kind, technology", "Does; alone decides", "Rules", "Budget at peak", "Owner")
    rows = tuple(
        row(
            f"`{c.id}`", words(c.label), _kind(c), _duties(c), "; ".join(_rules(c)), _budget(scope.analysis, c),
            words(c.owner) if c.owner else ASK,
        )
        for c in scope.components
    )  # fmt: skip
    said = "A component, store or queue that the design does not have is not to be added: ask."
    before = () if scope.of else (said,) if rows else (f"Components: {ASK}.",)
    return Section("Components", before, head if rows else (), rows, rank=10, least=3)


def _kind(component: Component) -> str:
    run = "not ours" if component.kind == "external" else "run by a vendor" if component.managed else ""
    technology = words(component.technology) if component.technology else ""
    wanted = component.kind not in ("client", "external")
    return cell((component.kind, technology, run), () if technology or not wanted else ("technology",))


def _duties(component: Component) -> str:
    purpose = words(component.purpose) if component.purpose else ""
    duties = f"alone: {'; '.join(map(words, component.responsibilities))}" if component.responsibilities else ""
    return cell((purpose, duties), () if purpose or duties else ("purpose", "responsibilities"))


def _rules(component: Component) -> Iterator[str]:
    """What code of this component must keep to, as the design says it."""
    if component.state == "none":
        yield "keeps no state"
    elif component.state is not None:
        yield f"state: {component.state}"
    for name in ("health_check", "rate_limit", "tenancy", "invalidation", "guard"):
        said = getattr(component, name)
        if said:
            yield f"{name.replace('_', ' ')}: {words(said)}"
    if component.ttl is not None:
        yield f"entries live {shown(component.ttl, Dimension.DURATION)}"
    if component.pool_size is not None:
        yield f"pool of {component.pool_size} to each store"
    if component.encrypted_at_rest:
        yield "encrypted at rest"
    if component.regions:
        yield f"only in {', '.join(map(words, component.regions))}"
    if component.limits_of_agent is not None:
        yield from _limits(component.limits_of_agent)


def _limits(limits: AgentLimits) -> Iterator[str]:
    if limits.steps is not None:
        yield f"at most {limits.steps} steps"
    if limits.cost is not None:
        yield f"at most USD {shown(limits.cost, Dimension.MONEY)} a run"
    if limits.deadline is not None:
        yield f"stops after {shown(limits.deadline, Dimension.DURATION)}"
    if limits.approval:
        yield f"a person approves: {words(limits.approval)}"


def _budget(analysis: Analysis, component: Component) -> str:
    """Load, time and share of capacity as the estimates have them; a client makes load and has no budget."""
    if component.kind == "client":
        return ""
    found = analysis.estimates.components[component.id]
    parts = {
        "load": None if found.peak_rps is None else worded("rps", found.peak_rps),
        "p99": None if found.p99_ms is None else f"p99 {worded('p99_ms', found.p99_ms)}",
        "utilisation": None if found.utilisation is None else f"{worded('utilisation', found.utilisation)} in use",
    }
    copies = f"{component.copies} {'copy' if component.copies == 1 else 'copies'}"
    most = f", at most {component.autoscale.max}" if component.autoscale and component.autoscale.max else ""
    unknown = [name for name, said in parts.items() if said is None]
    known = [said for said in parts.values() if said is not None]
    return "; ".join((*known, *([f"unknown: {', '.join(unknown)}"] if unknown else []), f"{copies}{most}"))
