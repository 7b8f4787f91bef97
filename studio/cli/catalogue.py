"""List, show or search the patterns and technologies."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from studio.errors import FINE, FOUND, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "action", nargs="?", choices=("list", "show", "search"), default="list", help="list, show or search"
    )
    parser.add_argument("words", nargs="*", metavar="WORDS", help="an id to show, or words to search for")


def run(parsed: argparse.Namespace) -> int:
    """Prints what was asked for; 1 when a search finds nothing."""
    if parsed.action == "list":
        return listing()
    if not parsed.words:
        raise TenfoldError(
            f"tenfold catalogue {parsed.action}: say {'which' if parsed.action == 'show' else 'what for'}"
        )
    if parsed.action == "show":
        return show(parsed.words[0])
    return search(" ".join(parsed.words))


def listing() -> int:
    """All entries by family; what is wrong with files that are no entries goes to stderr."""
    from itertools import groupby

    from studio.cli.frame.terminal import say, table, talk
    from studio.opening import library_for

    library = library_for(Path.cwd() / "design.toml")
    blocks = []
    entries = [(p.family, p.id, p.summary) for p in library.patterns()]
    entries += [(f"technology · {t.kind}", t.id, t.summary) for t in library.technologies()]
    for family, rows in groupby(entries, key=lambda entry: entry[0]):
        blocks.append("\n".join([family, *table([(f"  {row[1]}", row[2]) for row in rows])]))
    say("\n\n".join(blocks))
    for problem in library.problems():
        talk(str(problem))
    return FINE


def show(id_: str, also: Sequence[str] = ()) -> int:
    """The page of an entry, or both pages where a pattern and a technology share the id.

    A misspelt id names the nearest of the catalogue and of `also`.
    """
    from studio.catalogue.library import UnknownEntry
    from studio.catalogue.pages import page
    from studio.cli.frame.terminal import say
    from studio.opening import library_for
    from studio.text import nearest

    library = library_for(Path.cwd() / "design.toml")
    try:
        entries = library.entries(id_)
    except UnknownEntry:
        near = nearest(id_, [*library.pattern_ids(), *library.technology_ids(), *also])
        advice = f"did you mean {near}?" if near else "see tenfold catalogue list"
        raise TenfoldError(f"{id_} is in no catalogue; {advice}") from None
    say("\n".join(page(entry) for entry in entries))
    return FINE


def search(words: str) -> int:
    """The entries that fit, best first."""
    from studio.catalogue.search import search as found_for
    from studio.cli.frame.terminal import say, table, talk
    from studio.opening import library_for

    hits = found_for(library_for(Path.cwd() / "design.toml"), words)
    if not hits:
        talk(f"nothing in the catalogue fits “{words}”")
        return FOUND
    say("\n".join(table([(hit.id, hit.summary) for hit in hits])))
    return FINE
