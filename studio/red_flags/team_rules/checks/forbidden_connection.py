"""Some components may not call some others.

Keys: `from` and `to`, each a pattern of ids or a selector of components (`{ kind = "client" }`); `where`, for the
connection itself (`{ mode = "sync" }`). One of them must say something; what is left out means all.
"""

from studio.catalogue.tables import Table
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, not_applicable, unknown
from studio.red_flags.team_rules.fields import label_of
from studio.red_flags.team_rules.making import Made, component
from studio.red_flags.team_rules.selecting import empty_is_refused, end, where


def made(table: Table) -> Made:
    """Fails a connection between such components."""
    callers, callees, chosen = end(table, "from"), end(table, "to"), where(table, "connections")
    empty_is_refused(table, {"from": callers, "to": callees, "where": chosen})

    def check(connection: Connection, facts: Facts) -> Verdict:
        source, target = (facts.design.component[end_] for end_ in (connection.source, connection.target))
        asked = ((callers, source), (callees, target), (chosen, connection))
        answers = [selector.choose(part, facts) for selector, part in asked if selector is not None]
        if any(answer.yes is False for answer in answers):
            return not_applicable()
        silent = tuple(field for answer in answers for field in answer.missing)
        if silent:
            return unknown(*silent)
        return failed(
            f"{label_of(source, facts)} calls {label_of(target, facts)}, which is not allowed",
            evidence={"from": source.id, "to": target.id},
            fix=(f"take connections.{connection.id} out, or lead it through something that may call {target.id}",),
            field="to",
        )

    words = f"no {component(callers)} calls a {component(callees)}"
    return Made("connections", check, words + (f" over a connection with {chosen.words}" if chosen.words else ""))
