"""Say what the program runs on: versions, terminal, graphviz, paths."""

import argparse

from studio.errors import FINE


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes nothing."""
    del parser


def run(parsed: argparse.Namespace) -> int:
    """Prints the table."""
    del parsed
    from studio.cli.frame.terminal import say, table

    say("\n".join(table(_rows())))
    return FINE


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
        ("samples", str(paths.sample_designs())),
        ("state", str(paths.state())),
    ]


def _colour() -> str:
    from studio.cli.frame.terminal import is_colour_welcome

    return "colour" if is_colour_welcome() else "no colour"
