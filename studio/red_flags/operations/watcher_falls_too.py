"""What tells you that the house is on fire must not be in the house.

## Why it matters
Dashboards, alerts, the pipeline and the login of the operators are needed on exactly one occasion. Where they run on
the system they serve, they are gone with it: nobody is woken, nobody can look, and the repair cannot be deployed. More
than one famous outage was long because the tools were down, too.

## What to do
Another account, another region, another vendor for what watches and for what deploys; a probe from outside that needs
nothing of yours. A way in for people that does not pass the identity provider that is down, sealed and tried once a
quarter.

## When it is fine
Dependencies that are not part of the system a must journey runs over. What monitoring only collects from. List in
operations.runs_on what the tools need, or say in monitoring what watches from outside, from another cloud or account:
only what is named can be looked at.
"""

import re

from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DATA_HOLDERS, MESSAGING
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

TOOLS = frozenset({"identity", "secrets"})
ASKS = re.compile(
    r"discover|look ?up|resolv|addresses|log ?in|sign[ -]?in|authent|credential|secret|config", re.IGNORECASE
)
"""Words for what monitoring asks for because it needs it, not because it watches."""
APART = re.compile(
    r"outside|elsewhere|independent|none of ours|"
    r"(another|other|second|separate|own) (\w+ )?(cloud|account|region|vendor|provider)",
    re.IGNORECASE,
)
"""Words that say that something watches from where the system is not."""


def check(design: Design, facts: Facts) -> Verdict:
    """Warns where the tools of operation depend on what a must journey cannot do without."""
    tools = design.operations.monitoring or design.operations.alerting or design.operations.rollout
    needs = needed_by_tools(design)
    if facts.stage == "prototype" or not facts.hard_path:
        return not_applicable()
    shared = [facts.design.component[name].label for name in needs if name in facts.hard_path]
    if shared:
        return failed(
            f"the tools that watch and repair depend on {listed(shared)}, which they are there to watch",
            evidence={"shared": [name for name in needs if name in facts.hard_path]},
            fix=(
                f"tools that run without {listed(shared)}: another account, region or vendor",
                "or a probe from outside and a way to deploy by hand, tried once a quarter, and the flag accepted",
            ),
            field="operations.runs_on",
        )
    fate = _fate_in_common(design, facts)
    if fate is not None:
        return _falls_with(*fate)
    if not (tools or needs):
        return not_applicable()
    apart = bool(design.operations.runs_on) or _stands_apart(design)
    return passed(runs_on=list(needs)) if apart else unknown("operations.runs_on")


def _stands_apart(design: Design) -> bool:
    """Whether it is said in words that something watches from elsewhere."""
    words = f"{design.operations.monitoring or ''} {design.operations.alerting or ''}"
    return APART.search(" ".join(words.split())) is not None


def _fate_in_common(design: Design, facts: Facts) -> tuple[Component, Component, str] | None:
    """A tool, what it watches, and what both are said to share."""
    named = set(design.operations.runs_on)
    for tool in (c for c in design.components if c.kind == "monitoring" or c.id in named):
        mine = {name.casefold() for name in tool.shares_fate_with}
        for watched in design.components if mine else ():
            common = next((name for name in watched.shares_fate_with if name.casefold() in mine), None)
            if common is not None and watched is not tool and watched.id in facts.hard_path:
                return tool, watched, common
    return None


def _falls_with(tool: Component, watched: Component, common: str) -> Verdict:
    return failed(
        f"{tool.label} shares {common} with {watched.label}, which it is there to watch",
        evidence={"tool": tool.id, "watched": watched.id, "shared_fate": common},
        fix=(
            f"{tool.label} on something else than {common}: another network, account, region or vendor",
            "or a probe from outside that needs nothing of it, and the flag accepted",
        ),
        field=f"components.{tool.id}.shares_fate_with",
    )


def needed_by_tools(design: Design) -> tuple[str, ...]:
    """What the tools depend on: as said, what monitoring components need, and what all that needs in turn."""
    watching = [c.id for c in design.components if c.kind == "monitoring"]
    found: dict[str, None] = dict.fromkeys(design.operations.runs_on)
    waiting: list[str] = [*watching, *found]
    seen = set(waiting)
    while waiting:
        for name in _needs_of(waiting.pop(0), design):
            found.setdefault(name)
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return tuple(found)


def _writes(call: Connection) -> bool:
    return bool(call.mutating) or call.traffic == "writes"


def _needs_of(name: str, design: Design) -> tuple[str, ...]:
    """What one of the tools needs to start or to work. Monitoring does not need what it collects from."""
    tool = design.component[name]
    if tool.kind != "monitoring":
        return (*tool.needs_to_start, *(c.target for c in design.calls_of[name] if is_hard(c)))
    called = ((c, design.component[c.target].kind) for c in design.calls_of[name] if c.hard is not False)
    kept = (
        call.target
        for call, kind in called
        if kind in TOOLS or ASKS.search(call.carries or "") or (kind in DATA_HOLDERS and _writes(call))
    )
    feeding = (c for c in design.callers_of[name] if c.hard is not False)
    fed = (c.source for c in feeding if design.component[c.source].kind in MESSAGING)
    return (*tool.needs_to_start, *kept, *fed)


RULE = Rule(
    id="OPS005",
    title="Watcher shares the fate of what it watches",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("synthetic-probes",),
    sources=(
        "Amazon Web Services, Summary of the Amazon S3 Service Disruption in the Northern Virginia Region (2017)",
        "Meta Engineering, More details about the October 4 outage (2021)",
    ),
)

_SHOP = """
[operations]
monitoring = "rate, errors and duration on one dashboard"
{runs_on}
[components.web]
kind = "client"
[components.shop]
kind = "service"
[components.probe]
kind = "external"
[connections.web-shop]
from = "web"
to = "shop"
"""

FLAGGED = _SHOP.format(runs_on='runs_on = ["shop"]')

FINE = _SHOP.format(runs_on='runs_on = ["probe"]')

UNKNOWN = _SHOP.format(runs_on="")
