"""Whole numbers in the table of a rule."""

from studio.catalogue.tables import Table

_MOST = 1_000_000


def whole_in(table: Table, key: str) -> int:
    """The whole number from 0 up at `key`; 0 and a complaint when there is none."""
    value = table.raw(key)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        table.complain(key, f"{key} must be a whole number from 0 to {_MOST:,}", f"write {key} = 3, without quotes")
        return 0
    return value
