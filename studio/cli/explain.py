"""Show the page of a red flag or a pattern."""

import argparse

from studio.errors import FINE, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "rule", nargs="?", metavar="RULE", help="a red flag such as REL004, or a pattern such as bulkhead"
    )
    parser.add_argument("--list", action="store_true", help="all rule ids, one a line")


def run(parsed: argparse.Namespace) -> int:
    """Prints the page, or the list."""
    from studio.cli.frame.terminal import say
    from studio.red_flags.library import pages, rules

    if parsed.list:
        say("\n".join(rule.id for rule in rules()))
        return FINE
    if parsed.rule is None:
        raise TenfoldError("tenfold explain: name a rule or a pattern, or ask for --list")
    page = next((page for page in pages() if page.rule.id == parsed.rule.upper()), None)
    if page is not None:
        from studio.red_flags.page import text

        say(text(page))
        return FINE
    from studio.cli.catalogue import show

    return show(parsed.rule, also=[rule.id for rule in rules()])
