"""Show the page of a red flag or a pattern."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import COULD_NOT_RUN, FINE, TenfoldError

if TYPE_CHECKING:
    from studio.red_flags.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "rule", nargs="?", metavar="RULE", help="a red flag such as REL004, or a pattern such as bulkhead"
    )
    parser.add_argument("--list", action="store_true", help="all rule ids, one a line")
    parser.add_argument(
        "--for", dest="design", metavar="FILE", help="with the rules of this design's team (default: the folder here)"
    )


def run(parsed: argparse.Namespace) -> int:
    """Prints the page, or the list; a team's rules that cannot be read are told, and 2 where they would be needed."""
    from studio.cli.frame.terminal import say, talk

    if not parsed.list and parsed.rule is None:
        raise TenfoldError("tenfold explain: name a rule or a pattern, or ask for --list")
    settings = _settings(parsed.design)
    for problem in settings.problems:
        talk(str(problem))
    if parsed.list:
        say("\n".join(rule.id for rule in settings.rules()))
        return COULD_NOT_RUN if settings.problems else FINE
    page = next((page for page in settings.all_pages() if page.rule.id == parsed.rule.upper()), None)
    if page is not None:
        from studio.red_flags.page import text

        say("\n\n".join((text(page), *_set(page.rule.id, settings))))
        return FINE
    from studio.cli.catalogue import show

    return show(parsed.rule, also=[rule.id for rule in settings.rules()])


def _settings(design: str | None) -> "Settings":
    """What the team of a design set, or that of the designs in this folder."""
    from studio.opening import library_for, usable_settings
    from studio.red_flags.settings import UNSET

    path = Path(design) if design else Path.cwd() / "design.toml"
    if design and not path.exists():
        raise TenfoldError(f"{design}: there is no such file; name a design whose team's rules are wanted")
    return usable_settings(path, library_for(path)) or UNSET


def _set(rule: str, settings: "Settings") -> list[str]:
    """What the team set for a rule, as a section of its page; nothing when it set nothing."""
    lines = [
        f"- {set_.severity.value if set_.severity else 'switched off'}"
        f"{f' for {where}' if where else ''}{f': {set_.why}' if set_.why else ''}"
        for where, id_, set_ in settings.set_severities()
        if id_ == rule
    ]
    return ["## Set by the team\n" + "\n".join(lines)] if lines else []
