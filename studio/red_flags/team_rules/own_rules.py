"""`[rules.ID]`: red flags of a team's own, made of named checks."""

import re
from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from typing import Any, Final

from studio.catalogue.tables import Table
from studio.red_flags.facts import Facts
from studio.red_flags.library import RulePage, rules
from studio.red_flags.rule import Check, Outcome, Rule, Severity, Verdict
from studio.red_flags.team_rules.fields import shown
from studio.red_flags.team_rules.making import Made, Make
from studio.text import listed, nearest, one_line, visible

_ID: Final = re.compile(r"[A-Z][A-Z0-9-]{1,63}")
_BUILT_IN: Final = re.compile(r"[A-Z]{3}\d{3}")
_LONGEST_TITLE: Final = 120

KnownPatterns = Callable[[], Collection[str]]
"""Gives the ids of the catalogue's patterns; asked only when a rule names one."""


def checks() -> tuple[str, ...]:
    """The names of all checks, as the file has them."""
    from studio.discovery import module_names
    from studio.red_flags.team_rules import checks as package

    return tuple(name.replace("_", "-") for name in module_names(package))


def own_rules(table: Table, known_patterns: KnownPatterns, line_of: Callable[[str], str]) -> Iterator[RulePage]:
    """The rules in the table `rules`; `line_of` says where one stands, for its page."""
    taken = {rule.id for rule in rules()}
    for id_, inner in table.tables("rules"):
        if not _is_free(id_, inner, taken):
            continue
        before = len(table.wrong)
        page = _page(id_, inner, known_patterns, line_of(id_))
        inner.closed()
        if page is not None and len(table.wrong) == before:
            yield page


def _is_free(id_: str, table: Table, taken: Collection[str]) -> bool:
    if id_ in taken:
        table.complain(None, f"{id_} is a red flag that comes with tenfold", "give the rule another id, such as TEAM-1")
    elif _BUILT_IN.fullmatch(id_):
        table.complain(None, f"{id_} looks like a red flag that comes with tenfold", f"call it TEAM-{id_}, for example")
    elif _ID.fullmatch(id_) is None:
        what = f"“{shown(id_)}” is no id of a rule"
        table.complain(None, what, "use capitals, digits and -, such as TEAM-OWNER (2 to 64, the first a capital)")
    else:
        return True
    return False


def _page(id_: str, table: Table, known_patterns: KnownPatterns, stands: str) -> RulePage | None:
    title = one_line(table.text("title", most=_LONGEST_TITLE))
    why = visible(table.text("why", lines=True))
    severity = table.choice("severity", [s.value for s in Severity]) if table.has("severity") else Severity.WARNING
    fixes, sources = _points(table, "fix"), _points(table, "sources")
    patterns = _patterns(table, known_patterns)
    accepted = table.flag("may_be_accepted", default=True)
    made = _made(table)
    if made is None or severity not in list(Severity):
        return None
    check = _with_fixes(made.check, fixes)
    rule = Rule(id_, title, Severity(severity), made.scope, check, patterns, (*sources, stands), accepted)
    return RulePage(rule, _words(why, made.words, fixes), "", "", "")


def _made(table: Table) -> Made | None:
    known = checks()
    name = table.text("check")
    if name in known:
        make: Make = import_module(f"studio.red_flags.team_rules.checks.{name.replace('-', '_')}").made
        return make(table)
    if name:
        near = nearest(shown(name), known)
        advice = f"did you mean {near}?" if near else f"the checks are {listed(known)}"
        table.complain("check", f"there is no check “{shown(name)}”", advice)
    for key in table.values:
        table.has(key)  # which keys it may have only its check knows
    return None


def _points(table: Table, key: str) -> tuple[str, ...]:
    """One text or a list of them, each on one line; nothing when left out."""
    if not table.has(key):
        return ()
    said = (table.text(key),) if isinstance(table.values[key], str) else table.texts(key, least=1)
    return tuple(one_line(point) for point in said)


def _patterns(table: Table, known_patterns: KnownPatterns) -> tuple[str, ...]:
    named = _points(table, "patterns")
    for pattern in named:
        if pattern not in known_patterns():
            near = nearest(shown(pattern), known_patterns())
            advice = f"did you mean {near}?" if near else "“tenfold catalogue” lists them"
            table.complain("patterns", f"the catalogue has no pattern “{shown(pattern)}”", advice)
    return named


def _with_fixes(check: Check, fixes: tuple[str, ...]) -> Check:
    """The same check, with what the team says to do before what the check itself knows."""

    def fixed(part: Any, facts: Facts) -> Verdict:
        verdict = check(part, facts)
        return verdict._replace(fix=(*fixes, *verdict.fix)) if verdict.outcome is Outcome.FAILED else verdict

    return fixed


def _words(why: str, checked: str, fixes: tuple[str, ...]) -> str:
    parts = ["A rule of the team.", f"## Why it matters\n{why}", f"## What is checked\n{_sentence(checked)}"]
    if fixes:
        parts.append("## What to do\n" + "\n".join(f"- {fix}" for fix in fixes))
    return "\n\n".join(parts)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
