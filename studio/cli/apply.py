"""Apply a pattern of the catalogue to a design."""

import argparse
from typing import TYPE_CHECKING

from studio.errors import FINE, TenfoldError

if TYPE_CHECKING:
    from studio.catalogue.entries import Pattern
    from studio.model.design import Design


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="a design file")
    parser.add_argument("pattern", metavar="PATTERN", help="a pattern of the catalogue")
    parser.add_argument(
        "--on", action="append", default=[], metavar="ID", help="a component or connection; in the order of the roles"
    )
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the pattern")
    parser.add_argument("--dry-run", action="store_true", help="show what it would do and write nothing")


def run(parsed: argparse.Namespace) -> int:
    """Applies the pattern, saves, and tells what it did to figures and flags."""
    from pathlib import Path

    from studio.applying import preview
    from studio.cli.frame.apply_text import as_text
    from studio.cli.frame.terminal import say
    from studio.session import Session
    from studio.text import nearest

    session = Session.open(Path(parsed.file))
    known = session.library.pattern_ids()
    if parsed.pattern not in known:
        near = nearest(parsed.pattern, known)
        raise TenfoldError(
            f"{parsed.pattern} is no pattern; {f'did you mean {near}?' if near else 'see tenfold catalogue list'}"
        )
    pattern = session.library.pattern(parsed.pattern)
    if not parsed.on:
        _refuse_to_guess(parsed.file, pattern, session.design)
    seen = preview(session.analysis, pattern, parsed.on, _parameters(parsed.set))
    say(as_text(seen))
    if not parsed.dry_run:
        session.do(seen.edit)
        session.save()
    return FINE


def _refuse_to_guess(file: str, pattern: "Pattern", design: "Design") -> None:
    """Asks for a target where the design has some that fit, instead of bringing a second one beside them."""
    from studio.catalogue.targets import targets_for
    from studio.text import listed

    for role in targets_for(pattern, design):
        if role.ids and not role.target.optional:
            fitting = listed(role.ids[:12], "or")
            raise TenfoldError(f"{file}:1: {role.target.ask} say it with --on: {fitting}")


def _parameters(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise TenfoldError(f"--set {pair}: write NAME=VALUE, such as --set ttl='10 min'")
        found[name] = value
    return found
