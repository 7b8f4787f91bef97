"""A field may hold only some values; one that says nothing is unknown.

Keys: `field`; `values`, one or a list: patterns such as `"eu-*"`, numbers with their units, true or false; `section`,
components when not given; `where`. Of a list, such as regions, every item must be allowed.
"""

from studio.catalogue.tables import Table
from studio.red_flags.team_rules.making import Made
from studio.red_flags.team_rules.membership import allowed, of_values


def made(table: Table) -> Made:
    """Fails a part whose field holds another value."""
    return of_values(table, allowed, "must be")
