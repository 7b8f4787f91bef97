"""Some technologies may not be used; a component that does not say its technology is unknown.

Keys: `technologies`, patterns that fit the words of the design or the id in the catalogue; `where`.
"""

from studio.catalogue.tables import Table
from studio.red_flags.team_rules.making import Made
from studio.red_flags.team_rules.technologies import of_technologies


def made(table: Table) -> Made:
    """Fails a component with one of these technologies."""
    return of_technologies(table, lambda wanted, names: not wanted.fits(names), "must not be")
