"""Say what the program runs on: versions, terminal, graphviz, paths."""

import argparse

from studio.errors import FINE, FOUND


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes nothing."""
    del parser


def run(parsed: argparse.Namespace) -> int:
    """Prints the table."""
    del parsed
    from studio.cli.frame.terminal import say, table

    say("\n".join(table(_rows())))
    problems = _configured_wrongly()
    for problem in problems:
        say(f"✗ {problem}")
    return FOUND if problems else FINE


def _configured_wrongly() -> tuple[str, ...]:
    """What is wrong with the person's configuration, each in one sentence."""
    import importlib

    from studio.configuration import configuration

    found = configuration()
    if not found.keys:
        return found.problems
    # Whether an action exists and a key is free only the studio on the screen knows, which commands do without.
    problems: tuple[str, ...] = importlib.import_module("studio.tui.keymap").report(found)
    return problems


def _rows() -> list[tuple[str, str]]:
    import os
    import platform
    import shutil
    import sys
    from importlib.metadata import PackageNotFoundError, version

    from studio import __version__, paths

    def version_of(package: str) -> str:
        try:
            return version(package)
        except PackageNotFoundError:
            return "not installed"

    columns, lines = shutil.get_terminal_size()
    packages = [
        (name, version_of(name)) for name in ("textual", "rich", "pydantic", "graphviz", "tomli-w", "platformdirs")
    ]
    return [
        ("tenfold", __version__),
        ("python", f"{platform.python_version()} ({sys.executable})"),
        *packages,
        ("dot", shutil.which("dot") or "not found: install Graphviz for png and pdf"),
        ("terminal", f"{os.environ.get('TERM', 'unknown')}, {columns}×{lines}, {_colour()}"),
        ("encoding", sys.stdout.encoding),
        ("catalogue", str(paths.shipped_catalogue())),
        ("own catalogue", str(paths.own_catalogue())),
        ("configuration", _configuration()),
        ("samples", str(paths.sample_designs())),
        ("state", str(paths.state())),
    ]


def _configuration() -> str:
    from studio.configuration import configuration_file

    path = configuration_file()
    return f"{path}{'' if path.is_file() else ' (not there; the usual keys and colours)'}"


def _colour() -> str:
    from studio.cli.frame.terminal import is_colour_welcome

    return "colour" if is_colour_welcome() else "no colour"
