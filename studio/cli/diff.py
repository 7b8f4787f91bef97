"""Tell what changed between two designs, and what it does to the numbers and the red flags."""

import argparse

from studio.errors import FINE, FOUND

FORMATS = ("text", "json", "markdown")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    what = "a file, REV:PATH of git, - for standard input, /dev/null for nothing"
    parser.add_argument("old", metavar="OLD", help=f"the design as it was: {what}")
    parser.add_argument("new", metavar="NEW", help="the design as it is: the same")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print (default: text)")
    parser.add_argument("--exit-code", action="store_true", help="exit 1 when the designs differ")
    parser.add_argument(
        "--at", metavar="PATH", help="the file both are versions of: its team's rules and catalogue hold for them"
    )


def run(parsed: argparse.Namespace) -> int:
    """Prints what differs; 1 with `--exit-code` when something does, 2 when either cannot be read."""
    from studio.cli.frame.difference import difference
    from studio.cli.frame.terminal import say, talk

    found = difference(parsed.old, parsed.new, parsed.at)
    if parsed.format == "json":
        from studio.cli.frame.difference_json import as_json

        say(as_json(found))
    elif parsed.format == "markdown":
        from studio.cli.frame.difference_markdown import as_markdown

        say(as_markdown(found))
    else:
        from studio.cli.frame.difference_text import as_text

        say(as_text(found))
    for loop in (*found.old.loops(), *found.new.loops()):
        talk(loop)
    return FOUND if parsed.exit_code and found.changes else FINE
