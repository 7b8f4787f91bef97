"""`tenfold check --fix`: mends set in the file, and what they did told."""

import argparse
import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studio.errors import COULD_NOT_RUN, FINE, FOUND, InvalidFile, SaveRefused, TenfoldError

if TYPE_CHECKING:
    from studio.cli.frame.reading import Opened
    from studio.mending import Mended
    from studio.red_flags.rule import Rule

SAFE = "safe"
"""What `--fix` says instead of a rule: the safe mends of all of them."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes for it."""
    parser.add_argument(
        "--fix", action="append", default=[], metavar="RULE", help="set what mends a rule; safe: of all rules"
    )
    parser.add_argument("--unsafe", action="store_true", help="with --fix RULE: also what costs, claims or overrules")
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show the change and write nothing")


def is_asked(parsed: argparse.Namespace) -> bool:
    """Whether mends are wanted. Raises `TenfoldError` for words that mean nothing without them, or beside them."""
    if not parsed.fix:
        lost = next((word for word in ("unsafe", "dry_run") if getattr(parsed, word)), None)
        if lost is not None:
            word = f"--{lost.replace('_', '-')}"
            raise TenfoldError(f"{word} belongs to --fix; write --fix RULE {word}, or --fix safe")
        return False
    beside = {"--format": parsed.format != "text", "--output": parsed.output, "--baseline": parsed.baseline}
    beside["--update-baseline"] = parsed.update_baseline
    other = next((word for word, is_there in beside.items() if is_there), None)
    if other is not None:
        raise TenfoldError(f"--fix tells in words what it sets; leave {other} out, and check again with it afterwards")
    return True


class _Asked(NamedTuple):
    """Which mends are wanted."""

    rules: frozenset[str]
    every: bool
    """Whether the safe mends of all rules are."""
    unsafe: bool

    def wants(self, rule: "Rule") -> bool:
        return rule.id in self.rules or self.every


def fixed(parsed: argparse.Namespace) -> int:
    """Mends every file; 1 when one has, or without `--dry-run` still has, an open finding at the threshold, 2 when one
    cannot be read, solved or written."""
    from studio.cli.frame.terminal import talk

    asked, codes = _asked(parsed.fix, parsed.files, unsafe=parsed.unsafe), []
    for file in dict.fromkeys(parsed.files):
        try:
            codes.append(_one(file, asked, parsed))
        except (InvalidFile, SaveRefused) as error:
            talk(str(error))
            codes.append(COULD_NOT_RUN)
    return max(codes)


def _asked(words: Sequence[str], files: Iterable[str], *, unsafe: bool) -> _Asked:
    from studio.red_flags.library import rules
    from studio.text import nearest, one_line

    known = {rule.id for rule in rules()}
    named = {word for word in words if word != SAFE}
    if not named <= known:
        known |= _of_teams(files)
    for word in sorted(named - known):
        near = nearest(word.upper(), known)
        advice = f"did you mean {near}?" if near else "see tenfold explain --list"
        raise TenfoldError(f"--fix {one_line(word)}: that is no rule; {advice}")
    if unsafe and not named:
        raise TenfoldError("--fix safe leaves out what is not safe; name the rule with --fix RULE --unsafe")
    return _Asked(frozenset(named), every=SAFE in words, unsafe=unsafe)


def _of_teams(files: Iterable[str]) -> set[str]:
    """The rules that go with designs besides our own; a file that cannot be read is told about later."""
    from studio.cli.frame.reading import opened

    found: set[str] = set()
    for file in files:
        with contextlib.suppress(InvalidFile):
            found |= {rule.id for rule in opened(file).analysis.settings.rules()}
    return found


def _one(file: str, asked: _Asked, parsed: argparse.Namespace) -> int:
    from studio.cli.frame.fixing_text import as_text, difference
    from studio.cli.frame.lines import loops
    from studio.cli.frame.reading import opened
    from studio.cli.frame.terminal import say, talk
    from studio.files.saving import merged

    found = opened(file)
    unsolved = loops(file, found)
    for line in unsolved:
        talk(line)
    if unsolved:
        return COULD_NOT_RUN
    done = _mended(found, asked)
    text = merged(found.loaded.text, found.loaded.design, done.after.design)
    words = as_text(file, done, asked.rules, dry_run=parsed.dry_run)
    if parsed.dry_run:
        if done.kept:
            say(difference(file, found.loaded.text, text))
        talk(words)
    else:
        if done.kept:
            _save(file, found, text)
        say(words)
    return _code(done, parsed)


def _mended(found: "Opened", asked: _Asked) -> "Mended":
    """Safe mends of all rules that are asked for; then any of those that are named, where that was said."""
    from studio.mending import mended

    safely = mended(found.analysis, asked.wants)
    if not asked.unsafe:
        return safely
    boldly = mended(safely.after, lambda rule: rule.id in asked.rules, unsafe=True)
    return boldly._replace(before=safely.before, kept=(*safely.kept, *boldly.kept))


def _save(file: str, found: "Opened", text: str) -> None:
    from studio.files.saving import changed_on_disk, save

    if changed_on_disk(found.loaded):
        raise SaveRefused(f"{file} was not saved: it has changed meanwhile; try again")
    save(Path(file), text)


def _code(done: "Mended", parsed: argparse.Namespace) -> int:
    """By what is in the file afterwards: a dry run changes nothing of it."""
    from studio.red_flags.rule import Severity

    if parsed.fail_on == "never":
        return FINE
    stands = done.before if parsed.dry_run else done.after
    return FOUND if stands.report.open(Severity(parsed.fail_on)) else FINE
