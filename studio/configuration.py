"""What a person set for all designs: their keys, their colours. Read once, and only when the file is there."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from studio.text import listed, nearest, one_line

THEMES: Final[Mapping[str, str]] = {
    "dark": "tenfold-dark",
    "light": "tenfold-light",
    "contrast": "tenfold-contrast",
    "ansi-dark": "ansi-dark",
    "ansi-light": "ansi-light",
}
"""Themes by the word a person writes: dark, light, high contrast, and the terminal's own colours."""
CHARSETS: Final = ("unicode", "ascii")


class Configuration(NamedTuple):
    """What the file says, as far as it can be used."""

    path: Path | None = None
    """Where it was read; None when there is none."""
    keys: Mapping[str, tuple[str, ...]] = {}
    """The keys of an action by its id; no key at all takes its keys away."""
    theme: str | None = None
    charset: str | None = None
    problems: tuple[str, ...] = ()
    """What is wrong with it, each in one sentence that says what to do."""


def configuration_file() -> Path:
    """Where a person's configuration lies; it may not be there. `TENFOLD_CONFIG` names another file."""
    own = os.environ.get("TENFOLD_CONFIG")
    if own:
        return Path(own)
    from platformdirs import user_config_path

    return user_config_path("tenfold") / "config.toml"


def configuration() -> Configuration:
    """The person's configuration; never raises: what cannot be used is left out and told in `problems`."""
    path = configuration_file()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Configuration()
    except OSError as error:
        return Configuration(path, problems=(f"{path} cannot be read ({error.strerror})",))
    import tomllib

    try:
        said = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        words = one_line(str(error))
        return Configuration(path, problems=(f"{path} is no TOML: {words}; nothing of it is used",))
    return _read(path, said)


def _read(path: Path, said: Mapping[str, Any]) -> Configuration:
    problems = list(_unknown(said, ("keys", "studio"), "table"))
    keys = said.get("keys", {})
    studio = said.get("studio", {})
    if not isinstance(keys, dict) or not isinstance(studio, dict):
        problems.append("[keys] and [studio] are tables: write each on a line of its own, and its entries below")
        keys, studio = {}, {}
    found: dict[str, tuple[str, ...]] = {}
    for id_, wanted in _flat(keys):
        names, wrong = _keys(id_, wanted)
        problems += wrong
        if names is not None:
            found[id_] = names
    problems += _unknown(studio, ("theme", "charset"), "[studio]")
    theme = _choice(studio, "theme", tuple(THEMES), problems)
    charset = _choice(studio, "charset", CHARSETS, problems)
    return Configuration(path, found, THEMES[theme] if theme else None, charset, tuple(problems))


def _flat(said: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, object]]:
    """Ids and keys; `canvas.box = "B"` without quotes is a table in a table to TOML, and means the same."""
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{place}{name}.")
        else:
            yield f"{place}{name}", value


def _unknown(said: Mapping[str, Any], known: tuple[str, ...], place: str) -> Iterator[str]:
    for name in said:
        if name not in known:
            near = nearest(name, known)
            advice = f"did you mean {near}?" if near else f"there is {listed(known)}"
            yield f"{one_line(name)} is not known here ({place}); {advice}"


def _choice(said: Mapping[str, Any], name: str, known: tuple[str, ...], problems: list[str]) -> str | None:
    value = said.get(name)
    if value is None or value in known:
        return value
    problems.append(f"{name} = {one_line(repr(value))} is not known; choose {listed(known, 'or')}")
    return None


def _keys(id_: str, wanted: object) -> tuple[tuple[str, ...] | None, list[str]]:
    """The keys of one action, and what is wrong with them; None when none of them can be used."""
    names = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None, [f'{one_line(id_)}: a key in quotes is wanted, or a list of them such as ["x", "f10"]']
    from studio.key_names import cannot_be_sent, plain

    found: list[str] = []
    wrong: list[str] = []
    for name in names:
        key = plain(name)
        why = cannot_be_sent(key) if key else "there is no such key; F1 and «what does my terminal send?» help"
        if key is None or why:
            wrong.append(f"{one_line(id_)} = “{one_line(name) or 'nothing'}” cannot be used: {why}")
        else:
            found.append(key)
    if wrong and not found:
        return None, [f"{sentence}; it keeps its own keys" for sentence in wrong]
    return tuple(dict.fromkeys(found)), wrong
