"""Which commands there are, and how their arguments are read."""

import argparse
import importlib
import keyword
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from studio import __version__
from studio import cli as package
from studio.discovery import module_names
from studio.errors import TenfoldError
from studio.text import visible

ABOUT = "A terminal studio for software system design: patterns, numbers, red flags, documents."
USAGE = "tenfold [FILE] | tenfold COMMAND …"
CLOSING = """
Without a command the studio opens: on FILE, or on a start screen.
Exit codes: 0 fine, 1 findings at or above the threshold or something stale, 2 could not run.
`tenfold COMMAND --help` tells more.
"""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one safe sentence."""

    def error(self, message: str) -> NoReturn:
        """Raises the complaint as ours."""
        raise TenfoldError(visible(f"{self.prog}: {message}; see {self.prog} --help"))


def verbs() -> tuple[str, ...]:
    """The commands, sorted: the modules directly in `studio.cli`. One named as a word of Python ends with `_` there."""
    return tuple(sorted(name.removesuffix("_") for name in module_names(package)))


def module_of(verb: str) -> ModuleType:
    """The module of a command."""
    return importlib.import_module(f"{package.__name__}.{verb}{'_' if keyword.iskeyword(verb) else ''}")


def parser_of(verb: str) -> Parser:
    """The parser of one command."""
    module = module_of(verb)
    parser = Parser(prog=f"tenfold {verb}", description=summary(module), allow_abbrev=False)
    module.arguments(parser)
    return parser


def arguments_of(verb: str) -> list[tuple[str, str]]:
    """The arguments of a command as a person types them, each with what it means; for the documentation."""
    found = []
    for action in parser_of(verb)._actions:
        if action.dest == "help":
            continue
        value = action.metavar or ("/".join(map(str, action.choices)) if action.choices else "")
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest).upper()
        shown = f"{names} {value}" if action.option_strings and value else names
        found.append((shown, action.help or ""))
    return found


def summary(module: ModuleType) -> str:
    """What a command does: the first line of its file."""
    return (module.__doc__ or "").strip().splitlines()[0]


def run_verb(verb: str, arguments: Sequence[str]) -> int:
    """Runs one command on its arguments; its exit code."""
    try:
        parsed = parser_of(verb).parse_args(arguments)
    except SystemExit as stop:  # argparse has printed its help
        return int(stop.code or 0)
    code: int = module_of(verb).run(parsed)
    return code


def top_level(arguments: Sequence[str]) -> int:
    """The help and the version of the whole program."""
    if arguments[0] == "--version":
        print(f"tenfold {__version__}")
        return 0
    rows = [f"  {verb:<12}{summary(module_of(verb))}" for verb in verbs()]
    print("\n".join((f"usage: {USAGE}", "", ABOUT, "", "commands:", *rows, CLOSING.rstrip())))
    return 0
