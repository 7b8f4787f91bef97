"""A user who waits for a language model waits for somebody else's queue.

## Why it matters
Models answer in seconds where everything else takes milliseconds, ten times slower at times, and they refuse when the
quota of the minute is gone. A page that cannot do without has the availability of the provider, and each worker it
holds meanwhile is one less for everybody else.

## What to do
A timeout the user would still accept, and something to answer then: a smaller model, an answer that was kept, the page
without the feature, «we will write to you». Or ask the model behind a queue, and show the answer when it is there.

## When it is fine
Work nobody waits for. Calls the caller can do without (hard = false). What an agent asks its model: the agent's caller
has the fallback. A model on own instances is judged all the same: it queues, too.
"""

from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.patience import timeout_of
from studio.red_flags.prompts import waited_for
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed
from studio.units import point


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a call of a model that a must journey waits for without a timeout and an answer for the time it is gone;
    warns on other journeys."""
    caller, callee = (facts.design.component[end] for end in (connection.source, connection.target))
    if callee.kind not in ("llm", "agent") or caller.kind == "agent" or not connection.is_hard:
        return not_applicable()
    if connection.has_fallback and connection.timeout is not None:
        return passed(fallback=connection.fallback)
    if connection.id not in waited_for(facts):
        return not_applicable()
    around = (connection.id, connection.source, connection.target)
    ways_out = any(facts.has_pattern("fallback", on=id_) for id_ in around)
    lacking = [*([] if connection.timeout is not None else ["timeout"]), *([] if ways_out else ["fallback"])]
    if not lacking:
        return passed(timeout_s=point(connection.timeout or 0.0))
    must = any(call.id == connection.id for flow in facts.must_flows for call in flow.calls)
    words = {"timeout": "a timeout users would wait for", "fallback": "what to answer while it is slow or gone"}
    return failed(
        f"users wait for {caller.label} to ask {callee.label}, with no {listed(lacking, 'and no')}",
        evidence={"lacking": lacking},
        fix=(*(f"{field} on connections.{connection.id}: {words[field]}" for field in lacking),
             "or a queue between: the answer is shown when it is there"),
        mends=(timeout_of(connection, facts),) if lacking == ["timeout"] else (),
        severity=None if must else Severity.WARNING,
        field=lacking[0],
    )  # fmt: skip


RULE = Rule(
    id="AIX007",
    title="Users wait for a language model",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("fallback", "model-routing", "streaming-response", "async-processing"),
    sources=(
        "AWS Well-Architected, Generative AI Lens, GENREL02 and GENREL05 (2025)",
        "Michael T. Nygard, Release It!, 2nd edition, chapter 5, Timeouts (2018)",
    ),
)

_PAGE = """
[components.web]
kind = "client"
[components.shop]
kind = "service"
[components.model]
kind = "llm"
[connections.web-shop]
from = "web"
to = "shop"
[connections.shop-model]
from = "shop"
to = "model"
timeout = "4 s"
{said}
"""

FLAGGED = _PAGE.format(said="")

FINE = _PAGE.format(said='fallback = "the three questions asked most"')
