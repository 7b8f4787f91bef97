"""A promise of 99.99 % leaves four minutes a month; a region takes longer to come back.

## Why it matters
Regions do fail as a whole, by a network change, a power feed or a bad push of the provider, and then for hours. One
such afternoon is the budget of five years at 99.99 %. Spreading over zones does not help when it is the region's own
control plane that is down, and that is also when nobody can start anything elsewhere in it.

## What to do
A second region that takes over without anything of the first: data that are there already, names that can be moved,
enough capacity reserved, and a drill. Or promise what one region can give, about 99.9 to 99.95 %. Or decide that the
difference is accepted, and write that down: a decision about the components that names the region.

## When it is fine
Below 99.99 %; where the design gives no target, those of its must journeys count. What an edge network or a vendor runs
in many places. Zones are judged elsewhere (REL001).
"""

import re

from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags.facts import USUALLY_BOUGHT, Facts
from studio.red_flags.promises import promise_of, strictest_promise
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, ratio
from studio.text import listed

EVERYWHERE = frozenset({"external", "identity"}) | USUALLY_BOUGHT
"""Kinds that a vendor runs in more than one place, when a vendor runs them."""
NAMED = 3
SEVERAL = re.compile(r"\b(worldwide|world-wide|global|everywhere|every|all|multi(ple)?|several)\b")
"""Words by which one entry names more than one region."""


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that promises more than one region gives, with what it cannot do without in a single one."""
    target, enough = facts.availability_target, facts.thresholds.several_regions
    target = strictest_promise(facts) if target is None else target
    if target is None or target < enough:
        return not_applicable()
    strict = (c for c in design.components if facts.availability_target or (promise_of(c, facts) or 0.0) >= enough)
    needed = [c for c in strict if c.id in facts.indispensable and not _is_everywhere(c, facts)]
    silent = [c for c in needed if not _regions(c, facts)]
    alone = [c for c in needed if len(_regions(c, facts)) == 1]
    if not needed:
        return not_applicable()
    if not alone:
        return unknown(*(f"components.{c.id}.regions" for c in silent)) if silent else passed(target=target)
    if _decided(alone, facts):
        return passed(target=target, decided=True)
    names = listed([c.label for c in alone[:NAMED]] + [counted(len(alone) - NAMED, "other")] * (len(alone) > NAMED))
    return failed(
        f"{ratio(target)} is promised, and {names} run{'s' if len(alone) == 1 else ''} in one region only",
        evidence={"target": target, "components": [c.id for c in alone]},
        fix=(
            f"a second region for {names}, with its data, that takes over by itself",
            "or a target of 99.95 % or less, which one region can keep",
            f"or a decision about {alone[0].id} that says why one region is enough",
        ),
        field="requirements.availability.target",
    )


def _is_everywhere(component: Component, facts: Facts) -> bool:
    return component.kind in EVERYWHERE and facts.is_managed(component)


def _regions(component: Component, facts: Facts) -> tuple[str, ...]:
    named = component.regions or facts.design.constraints.regions
    places = dict.fromkeys(region.casefold() for region in named)
    return tuple(places) if not any(SEVERAL.search(place) for place in places) else (*places, "elsewhere")


def _decided(alone: list[Component], facts: Facts) -> bool:
    about = facts.decisions_about(*(component.id for component in alone))
    words = (f"{d.title} {d.context} {d.why} {d.chosen}".casefold() for d in about if d.status != "proposed")
    return any("region" in said for said in words)


RULE = Rule(
    id="REL019",
    title="One region below its promise",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("active-passive-failover", "global-load-balancing"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL10-BP01 and REL10-BP02 (2024)",
        "Microsoft Azure Well-Architected, Reliability, RE:05 (2024)",
    ),
)

_SHOP = """
[requirements.availability]
target = 0.9999
[components.web]
kind = "client"
[components.shop]
kind = "service"
instances = 4
zones = 2
{said}
[connections.web-shop]
from = "web"
to = "shop"
"""

FLAGGED = _SHOP.format(said='regions = ["eu-west-1"]')

FINE = _SHOP.format(said='regions = ["eu-west-1", "eu-central-1"]')

UNKNOWN = _SHOP.format(said="")
