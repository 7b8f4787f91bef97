"""A field may not hold some values; one that says nothing is unknown.

Keys: `field`; `values`, one or a list: patterns such as `"http"`, numbers with their units, true or false; `section`,
components when not given; `where`. Of a list, such as regions, no item may be one of them.
"""

from studio.catalogue.tables import Table
from studio.red_flags.team_rules.making import Made
from studio.red_flags.team_rules.membership import forbidden, of_values


def made(table: Table) -> Made:
    """Fails a part whose field holds one of the values."""
    return of_values(table, forbidden, "must not be")
