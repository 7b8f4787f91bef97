"""Which lines of a file a table or an entry takes."""

from typing import NamedTuple

from studio.files.source_map import Kind, Statement, statements


class Region(NamedTuple):
    """From a line and column to the end of a line; all count from 1."""

    line: int
    column: int
    end_line: int


class Regions:
    """The regions of a valid TOML document, by the lines they begin on."""

    def __init__(self, text: str) -> None:
        self._found: dict[int, Region] = {}
        table = None
        for statement in statements(text):
            if statement.kind is Kind.HEADER:
                table = statement.line
                self._found[table] = Region(table, _column(text, statement), table)
            elif statement.kind is Kind.ENTRY and statement.value is not None:
                end = statement.line + text.count("\n", statement.whole.start, statement.value.end)
                self._found[statement.line] = Region(statement.line, _column(text, statement), end)
                if table is not None:
                    self._found[table] = self._found[table]._replace(end_line=end)

    def at(self, line: int) -> Region:
        """What begins on a line: a table with all its entries, or one entry; else the line by itself."""
        return self._found.get(line, Region(line, 1, line))


def _column(text: str, statement: Statement) -> int:
    first = statement.whole.of(text)
    return len(first) - len(first.lstrip(" \t")) + 1
