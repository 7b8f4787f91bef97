"""What `tomllib` objects to, as a line, a column and what to do about it."""

import re
from typing import Final

from studio.errors import Problem
from studio.files.source_map import BYTE_ORDER_MARK
from studio.text import one_line, shortened

_MEANINGS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "Expected newline or end of document",
        "something follows where the line should end",
        "give each key a line of its own, and put texts in quotes",
    ),
    (
        "Invalid statement",
        "this line is neither a table, a key nor a comment",
        "write [table], key = value or # comment",
    ),
    ("Cannot declare", "the table {detail} is there a second time", "merge the two, or give one another id"),
    ("Cannot overwrite a value", "the key is there a second time", "keep one of the two"),
    (
        "Cannot mutate immutable namespace",
        "{detail} was closed when it was written in braces or brackets",
        "write the addition inside them",
    ),
    ("Cannot redefine namespace", "{detail} already has a table of its own", "write the key inside that table"),
    (
        "Expected ']' at the end of a table",
        "the name of the table is not closed",
        "write [section.id]; an id has lower-case letters, digits, - and _",
    ),
    (
        "Expected ']]' at the end of an array",
        "the name of the table is not closed",
        "write one table for each id, [section.id]",
    ),
    (
        "Expected '=' after a key",
        "a key has no equals sign behind it",
        "write key = value; an id has lower-case letters, digits, - and _",
    ),
    (
        "Invalid initial character for a key",
        "a key is missing, or begins with a character it may not have",
        "write key = value",
    ),
    (
        "Unclosed array",
        "the list is not closed, or a comma is missing",
        "close it with ], and put a comma between its items",
    ),
    (
        "Unclosed inline table",
        "the braces are not closed, or a comma is missing",
        "close them with }, on the same line, with commas between the keys",
    ),
    ("Duplicate inline table key", "a key is twice inside the braces", "keep one of the two"),
    ("Unterminated string", "a text in quotes is not closed", "close it with the quotes it began with"),
    ("Expected \"'", "a text in quotes is not closed", "close it with the quotes it began with"),
    ("Expected '", "a text in quotes is not closed", "close it with the quotes it began with"),
    (
        "Illegal character '\\x",
        "a character is not allowed here ({detail})",
        "remove it",
    ),
    (
        "Illegal character",
        "a character is not allowed here ({detail})",
        "close the quotes on the line they begin on, or write a long text between three quotes",
    ),
    (
        "Found invalid character",
        "a character is not allowed here ({detail})",
        "remove it; a text ends on the line it begins on",
    ),
    ("Invalid date or datetime", "there is no such date", "write a date as 2027-01-31"),
    ("Invalid hex value", "an escape in a text has no proper number", "write \\u and four hexadecimal digits"),
    (
        "Unescaped '\\'",
        "a backslash begins an escape that does not exist",
        "write it twice, \\\\, or put the text in single quotes",
    ),
    ("Escaped character is not", "an escape names no character that exists", "remove it"),
    ("Invalid value", "this is no value", "put a text in quotes, and write true, false, numbers and dates without"),
)
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def toml_problem(error: Exception, text: str, name: str) -> Problem:
    """The problem behind an error of `tomllib`, or of encoding `text`; in words that name the column."""
    if isinstance(error, UnicodeEncodeError):
        return _at(text, error.start, name, "half a character (a lone surrogate) is in the text", "remove it")
    if isinstance(error, RecursionError):
        advice = "a design needs no more than four levels; check that this is the right file"
        return Problem(name, _deepest_line(text), "brackets, braces or keys are nested too deeply", advice)
    if text.startswith(BYTE_ORDER_MARK):
        return Problem(name, 1, "the file begins with a byte order mark", "save it as UTF-8 without one (“BOM”)")
    place = _PLACE.search(str(error))
    if place is None:
        return _without_place(error, text, name)
    line, column = int(place[1] or text.rstrip().count("\n") + 1), place[2]
    what, advice = _meaning(str(error)[: place.start()])
    return Problem(name, line, f"{what} ({f'column {column}' if column else 'the file ends here'})", advice)


def _meaning(message: str) -> tuple[str, str]:
    for beginning, what, advice in _MEANINGS:
        if message.startswith(beginning):
            return what.format(detail=_detail(message)), advice
    return f"this is not TOML: {one_line(message)}", "correct the line"


def _detail(message: str) -> str:
    """The table or the character an error is about, as a person would write it."""
    keys = re.search(r"\((.*)\)", message)
    if keys:
        words = re.findall(r"'([^']*)'|\"([^\"]*)\"", keys[1])
        return shortened(f"[{'.'.join(single or double for single, double in words)}]", 80)
    character = re.search(r"character (.+)$", message)
    return _shown_character(character[1]) if character else "it"


def _shown_character(written: str) -> str:
    names = {r"'\n'": "the end of the line", r"'\r'": "a carriage return", r"'\x00'": "a NUL byte"}
    return names.get(written, f"the control character {written}")


def _without_place(error: Exception, text: str, name: str) -> Problem:
    digits = re.search(r"(?<![\w\"])[+-]?[\d_]{1000,}", text)
    if digits:
        return _at(text, digits.start(), name, "the number has thousands of digits", "write a smaller one")
    return Problem(name, 1, f"this is not TOML: {one_line(str(error))}", "correct the file")


def _at(text: str, offset: int, name: str, what: str, advice: str) -> Problem:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Problem(name, line, f"{what} (column {column})", advice)


def _deepest_line(text: str) -> int:
    """The line with the most opening brackets, braces and dots: the one that nests."""
    lines = text.split("\n")
    return 1 + max(range(len(lines)), key=lambda number: sum(lines[number].count(sign) for sign in "[{."))
