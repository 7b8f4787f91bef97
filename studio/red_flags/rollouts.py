"""How a change travels: all at once or by and by, and what it reaches beyond the component it begins at."""

import re

from studio.model.component import Component, Deploy
from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS, OWN_CODE
from studio.red_flags.facts import Facts

_GRADUAL = re.compile(
    r"canar|rolling|blue[ -/]?green|stage|\bring|gradual|progressive|percent|\d ?%|phase|\bwaves?\b|health-gated|"
    r"\bflags?\b|dark launch|shadow|one (by|after) |\bin turn\b|"
    r"\bby (cell|zone|region|site|cluster|host|server)\b|one \w+( \w+)? at a time",
    re.IGNORECASE,
)
_NOT_GRADUAL = re.compile(
    r"\b(no|not|without|never)\s+(\w+\s+)?(canar|stage|rolling|gradual|ring|phase|flag)|\bunstaged", re.IGNORECASE
)
_AT_ONCE = re.compile(
    r"\bin[ -]place|\bat once|big[ -]bang|\brecreate|\bglobal|\beverywhere|simultaneous|"
    r"\b(one|single) (step|push|go)\b|\bsame time|world-?wide|fleet-?wide|\binstant|\bimmediate|"
    r"\b(all|every|entire|whole) (\w+ )?(host|server|node|machine|region|zone|cell|fleet|network|cluster|site|cop)",
    re.IGNORECASE,
)
OUTSIDE = frozenset({"client", "external"})
_GOVERNS = re.compile(
    r"config|\brule( ?set)?s?\b|\bpolic(y|ies)\b|feature (file|flag)|\bflags?\b|signature file|definitions?\b|"
    r"\btemplates?\b|\bdns\b|certificate|\bkeys\b|\bkey (rotation|metadata|set)|quota|manifest|firmware|"
    r"channel file|content (update|file)|(response|sensor|detection|threat) content|(auto|software|sensor|os) ?-?updat|"
    r"\broutes\b|routing (table|plan)",
    re.IGNORECASE,
)
"""Words for what tells other components what to do, as against what they work on."""


def is_one_step(strategy: str) -> bool:
    """Whether the words of a strategy say that a change reaches all copies in one step."""
    denied, at_once = _NOT_GRADUAL.search(strategy), _AT_ONCE.search(strategy)
    return denied is not None or (at_once is not None and _GRADUAL.search(strategy) is None)


def goes_everywhere(deploy: Deploy | None) -> bool:
    """Whether it is said that a change reaches all copies in one step: by its only stage, else by the strategy."""
    if deploy is None or len(deploy.stages) > 1:
        return False
    return len(deploy.stages) == 1 or is_one_step(deploy.strategy or "")


def says_configuration(*words: str | None) -> bool:
    """Whether any of these words are of configuration, rules or keys."""
    return any(_GOVERNS.search(said) for said in words if said)


def governs(component: Component, facts: Facts) -> bool:
    """Whether what it sends on is configuration, rules or keys, as its words and those of its calls say."""
    carried = (call.carries for call in facts.design.calls_of[component.id])
    return says_configuration(component.label, component.purpose, *component.responsibilities, *carried)


def is_governing(call: Connection, facts: Facts) -> bool:
    """Whether a call brings configuration, rules or keys, as its words or those of its source say."""
    source = facts.design.component[call.source]
    return says_configuration(call.carries, source.label, source.purpose)


def fed_by(component: Component, facts: Facts) -> tuple[Component, ...]:
    """What must journeys need, and those outside, that get what a component writes or publishes, in file order.

    Stores, queues and edge networks pass it on: to what they feed, and to what reads them.
    """
    design, found = facts.design, set[str]()
    seen: set[str] = {component.id}
    waiting: list[str] = [call.target for call in design.calls_of[component.id] if _hands_over(call)]
    waiting += _passed_on(component, facts)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        part = design.component[name]
        if part.kind in OUTSIDE or (name in facts.hard_path and part.kind not in DATA_HOLDERS):
            found.add(name)
        waiting += _passed_on(part, facts)
    return tuple(c for c in design.components if c.id in found)


def _passed_on(holder: Component, facts: Facts) -> list[str]:
    """Who gets what is put into a store, a queue or an edge network, or asks a service for configuration."""
    asked = holder.kind in OWN_CODE and says_configuration(holder.label, holder.purpose)
    if holder.kind not in DATA_HOLDERS and holder.kind != "cdn" and not asked:
        return []
    fed = [call.target for call in facts.design.calls_of[holder.id] if not call.is_synchronous]
    readers = facts.design.callers_of[holder.id] if holder.kind != "cdn" else ()
    return [*fed, *(call.source for call in readers if not _only_writes(call))]


def _hands_over(call: Connection) -> bool:
    if not call.is_synchronous or call.mutating or call.traffic == "writes":
        return True
    return call.traffic != "reads" and call.mutating is None and says_configuration(call.carries)


def _only_writes(call: Connection) -> bool:
    return call.traffic == "writes" or not call.is_synchronous
