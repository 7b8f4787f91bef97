"""The file of a team's settings, read: all that it sets, or all that is wrong with it at once."""

from pathlib import Path
from typing import Final

from studio.catalogue.tables import Table
from studio.errors import InvalidDesign, Problem
from studio.files.loading import toml_document
from studio.files.source_map import Lines
from studio.red_flags.library import rules
from studio.red_flags.settings import InvalidSettings, Mention, Settings
from studio.red_flags.team_rules.own_rules import KnownPatterns, own_rules
from studio.red_flags.team_rules.set_severities import severities
from studio.red_flags.team_rules.set_thresholds import thresholds
from studio.text import visible

MOST_BYTES: Final = 2**20
"""A larger file is none that somebody wrote."""
_MOST_PROBLEMS: Final = 200
_DESIGN: Final = frozenset({"design", "components", "connections", "requirements"})


def read(path: Path, name: str, known_patterns: KnownPatterns) -> Settings:
    """The settings in a file; `name` stands for it in the problems. Raises `InvalidSettings` with all of them."""
    return parse(_text(path, name), name, known_patterns)


def parse(text: str, name: str, known_patterns: KnownPatterns) -> Settings:
    """The settings in a text. Raises `InvalidSettings` with all problems; a text that says nothing sets nothing."""
    if not text.strip("\ufeff \t\r\n"):
        return Settings()
    try:
        table = Table(toml_document(text, name))
    except InvalidDesign as error:
        raise InvalidSettings(error.problems) from None
    if not _DESIGN.isdisjoint(table.values):
        key = next(key for key in table.values if key in _DESIGN)
        what, advice = "this is a design, and settings of a team are wanted here", "move it out of the folder .tenfold"
        raise InvalidSettings([Problem(name, Lines(text).line((key,)), what, advice)])
    lines = Lines(text)
    if table.has("format") and (type(table.values["format"]) is not int or table.values["format"] != 1):
        table.complain(
            "format", "this version reads format 1", "write format = 1; a later format needs a later tenfold"
        )
    own = tuple(own_rules(table, known_patterns, lambda id_: f"{visible(name)}, line {lines.line(('rules', id_))}"))
    named = {rule.id: rule for rule in (*rules(), *(page.rule for page in own))}
    base, exceptions = thresholds(table.inner("thresholds"))
    set_ = severities(table.inner("severity"), named, table.inner("rules").values)
    table.closed()
    if table.wrong:
        found = [Problem(name, lines.line(wrong.keys), wrong.what, wrong.advice) for wrong in table.wrong]
        raise InvalidSettings(_limited(sorted(set(found)), name))
    mentions = [
        Mention(address, name, lines.line((table_, *address)))
        for table_, parts in (("thresholds", exceptions.parts), ("severity", set_.parts))
        for address in parts
    ]
    pages = tuple(sorted(own, key=lambda page: page.rule.id))
    return Settings(base, exceptions, set_, pages, tuple(mentions))


def _limited(problems: list[Problem], name: str) -> list[Problem]:
    rest = len(problems) - _MOST_PROBLEMS
    if rest <= 0:
        return problems
    last = problems[_MOST_PROBLEMS - 1].line
    more = Problem(name, last, f"there are {rest:,} problems more", "correct these first")
    return [*problems[:_MOST_PROBLEMS], more]


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        what, advice = f"the file cannot be read ({error.strerror})", "check what it is, and your right to read it"
        raise InvalidSettings([Problem(name, 1, what, advice)]) from None
    if len(content) > MOST_BYTES:
        raise InvalidSettings([Problem(name, 1, "the file is larger than 1 MiB", "check that it is the right one")])
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidSettings([Problem(name, line, "the text is not UTF-8", "save it as UTF-8")]) from None
