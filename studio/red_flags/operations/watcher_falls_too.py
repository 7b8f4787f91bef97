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
Dependencies that are not part of the system a must journey runs over. List in operations.runs_on what the tools need,
or say in monitoring what watches from outside, from another cloud or account: only what is named can be looked at.
"""

import re

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

APART = re.compile(
    r"outside|elsewhere|independent|none of ours|"
    r"(another|other|second|separate|own) (\w+ )?(cloud|account|region|vendor|provider)",
    re.IGNORECASE,
)
"""Words that say that something watches from where the system is not."""


def check(design: Design, facts: Facts) -> Verdict:
    """Warns where the tools of operation depend on what a must journey cannot do without."""
    tools = design.operations.monitoring or design.operations.alerting or design.operations.rollout
    needs = _needed_by_tools(design)
    if facts.stage == "prototype" or not facts.hard_path or not (tools or needs):
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
    apart = bool(design.operations.runs_on) or _stands_apart(design)
    return passed(runs_on=list(needs)) if apart else unknown("operations.runs_on")


def _stands_apart(design: Design) -> bool:
    """Whether it is said in words that something watches from elsewhere."""
    words = f"{design.operations.monitoring or ''} {design.operations.alerting or ''}"
    return APART.search(" ".join(words.split())) is not None


def _needed_by_tools(design: Design) -> tuple[str, ...]:
    """What the tools depend on: as said, and what monitoring components need to start."""
    watching = (c for c in design.components if c.kind == "monitoring")
    return tuple(dict.fromkeys((*design.operations.runs_on, *(name for c in watching for name in c.needs_to_start))))


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
