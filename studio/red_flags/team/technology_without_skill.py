"""What nobody in the team has run will be learnt at night, from the incident.

## Why it matters
Building with a new technology takes days; operating it takes years: its failure modes, its defaults that are wrong
under load, its upgrade that needs a plan. A familiar tool that fits 80 % is usually cheaper than a perfect one nobody
can debug.

## What to do
Use what the team knows, or buy it managed, or make room: a phase of the plan that says who learns it, how and by
when, or a hire. Then add it to constraints.skills.

## When it is fine
Managed services, external systems, clients. A technology counts as known when a skill names it, one of its other
names, or one of the skills it asks for.
"""

import re
from collections.abc import Iterable

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

LEARNING = ("learn", "train", "course", "spike", "hire", "workshop")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component whose technology no skill of the team covers, unless a vendor runs it."""
    if component.kind == "client" or facts.is_managed(component):
        return not_applicable()
    if component.technology is None:
        return unknown(f"components.{component.id}.technology")
    if not facts.design.constraints.skills:
        return unknown("constraints.skills")
    names = _names(component.technology, facts)
    known = [skill for skill in facts.design.constraints.skills if any(_covers(skill, name) for name in names)]
    if known:
        return passed(skills=known)
    if _is_planned(names, facts):
        return passed(planned=True)
    return failed(
        f"{component.label} is made of {component.technology}, and nobody in the team is said to know it",
        evidence={"technology": component.technology, "skills": list(facts.design.constraints.skills)},
        fix=(
            "a technology the team knows, or a managed service (managed = true)",
            f"or a phase of the plan in which somebody learns {component.technology}, or is hired for it",
            f'or "{component.technology}" among constraints.skills, if somebody does know it',
        ),
        severity=Severity.ERROR if facts.is_of_tier_one(component) else None,
        field="technology",
    )


def _names(technology: str, facts: Facts) -> tuple[str, ...]:
    """All names a technology goes by, and what one must know to run it."""
    entry = facts.technologies.get(technology)
    more = (getattr(entry, "name", None), *getattr(entry, "aliases", ()), *getattr(entry, "skills", ()))
    return (technology, *(name for name in more if name))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9+#]+", text.casefold()))


def _covers(skill: str, name: str) -> bool:
    """Whether all words of a skill are in a name (`python` in “Python 3.12, FastAPI”), or the other way round."""
    known, wanted = _words(skill), _words(name)
    return bool(known and wanted) and (known <= wanted or wanted <= known)


def _is_planned(names: Iterable[str], facts: Facts) -> bool:
    phases = (" ".join((p.goal or "", *p.milestones)) for p in facts.design.plan)
    learning = [phase for phase in phases if any(word in phase.casefold() for word in LEARNING)]
    return any(_words(name) <= _words(phase) for phase in learning for name in names)


RULE = Rule(
    id="TEA001",
    title="Technology without skill",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    sources=(
        "Dan McKinley, Choose Boring Technology (2015)",
        "AWS Well-Architected, Operational Excellence Pillar, OPS03-BP06 (2024)",
    ),
)

_STORE = """
[constraints]
{skills}
[components.db]
kind = "database"
technology = "cassandra"
"""

FLAGGED = _STORE.format(skills='skills = ["python", "postgresql"]')

FINE = _STORE.format(skills='skills = ["python", "Cassandra"]')

UNKNOWN = _STORE.format(skills="")
