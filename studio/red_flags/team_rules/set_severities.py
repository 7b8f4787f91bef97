"""`[severity]`: how bad a team finds a rule, or that it is not asked at all."""

from collections.abc import Collection, Mapping
from typing import Final

from studio.catalogue.tables import Table
from studio.red_flags.rule import Rule, Severity
from studio.red_flags.settings import Scoped, SetSeverity
from studio.red_flags.team_rules.fields import shown
from studio.red_flags.team_rules.scopes import scoped
from studio.text import listed, nearest, one_line

OFF: Final = "off"
_WORDS: Final = (*(severity.value for severity in Severity), OFF)
_SCOPES: Final[Mapping[str, frozenset[str]]] = {
    "components": frozenset({"components", "endpoints"}),
    "connections": frozenset({"connections"}),
    "journeys": frozenset({"journeys", "flows"}),
    "data": frozenset({"data", "holdings"}),
    "decisions": frozenset({"decisions"}),
    "scenarios": frozenset({"scenarios"}),
    "patterns": frozenset({"patterns"}),
}
"""By section of the design: the scopes of the rules that look at one such part at a time."""


def severities(table: Table, rules: Mapping[str, Rule], written: Collection[str]) -> Scoped[SetSeverity]:
    """The severities by rule id; `rules` are all that can be asked, `written` the ids of the team's, sound or not."""

    def read(inner: Table, key: str, scope: str) -> SetSeverity | None:
        return None if key in written and key not in rules else _severity(inner, key, scope, rules)

    return scoped(table, _SCOPES, read)


def _severity(table: Table, id_: str, scope: str, rules: Mapping[str, Rule]) -> SetSeverity | None:
    rule = rules.get(id_)
    if rule is None:
        near = nearest(shown(id_).upper(), rules)
        advice = f"did you mean {near}?" if near else "“tenfold explain --list” names all"
        table.complain(id_, f"there is no red flag {shown(id_)}", advice)
        return None
    if scope and not _is_looked_at(rule, scope):
        what = f"{id_} does not look at one part of {scope} at a time"
        table.complain(id_, what, f'write {id_} = "…" under [severity]')
        return None
    found = _said(table, id_)
    if found is not None and _softens(rule, found) and not rule.may_be_accepted:
        what = f"{id_} cannot be accepted, so it cannot be switched off or made milder"
        table.complain(id_, what, f"take it out: {id_} is {_article(rule.severity)}")
        return None
    return found


def _is_looked_at(rule: Rule, scope: str) -> bool:
    if scope.startswith("tier-"):
        return rule.scope in _SCOPES["components"] | _SCOPES["connections"]
    return rule.scope in _SCOPES[scope]


def _softens(rule: Rule, found: SetSeverity) -> bool:
    ranks = list(Severity)
    return found.severity is None or ranks.index(found.severity) > ranks.index(rule.severity)


def _article(severity: Severity) -> str:
    return f"{'an' if severity is Severity.ERROR else 'a'} {severity.value}"


def _said(table: Table, id_: str) -> SetSeverity | None:
    """`"note"`, or `{ level = "off", why = "…" }`."""
    value = table.values[id_]
    if isinstance(value, str):
        return _level(value, "", table, id_)
    if not isinstance(value, dict):
        table.complain(id_, f"{id_} must be a severity", f'write {id_} = "note", or {{ level = "off", why = "…" }}')
        return None
    inner = table.inner(id_)
    level = inner.text("level")
    why = one_line(inner.text("why", lines=True)) if inner.has("why") else ""
    inner.closed()
    return _level(level, why, inner, "level") if level else None


def _level(word: str, why: str, table: Table, key: str) -> SetSeverity | None:
    if word not in _WORDS:
        near = nearest(shown(word), _WORDS)
        advice = f"did you mean {near}?" if near else f"write {listed(_WORDS, 'or')}"
        table.complain(key, f"“{shown(word)}” is no severity", advice)
        return None
    return SetSeverity(None if word == OFF else Severity(word), why)
