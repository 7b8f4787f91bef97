"""Which parts of a design a rule of a team is about: `where = { kind = "database", tier = 1 }`.

All keys must fit. Beside the fields of the part, dots leading into its tables, a selector knows `id`; `tier` and
`managed` as the built-in rules see them; `technology` by words or catalogue id; `group` with the groups inside it; and
for connections `from` and `to`, each an id or a selector of components. A part that does not say what is asked is
neither chosen nor left out: the answer is unknown, and names the field.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias

from studio.catalogue.tables import Table
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.fields import shapes
from studio.model.part import Part
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Check, Outcome, Scope, Verdict, not_applicable, unknown
from studio.red_flags.team_rules.fields import Field, field_in, meant, place_of, type_of
from studio.red_flags.team_rules.values import Wanted, globs_in, wanted_in
from studio.red_flags.tiers import tier_of
from studio.text import listed, nearest

OTHER_TIERS: Final = (2, 3)
"""What a part may be that does not say its tier and that no must journey needs."""


class Chosen(NamedTuple):
    """Whether a part is meant; None when it does not say enough, and then the fields, dotted, that would tell."""

    yes: bool | None
    missing: tuple[str, ...] = ()


YES, NO = Chosen(yes=True), Chosen(yes=False)
Criterion: TypeAlias = Callable[[Any, Facts], Chosen]


class Selector(NamedTuple):
    """What a part must be to be meant: all criteria hold."""

    criteria: tuple[Criterion, ...]
    words: str
    """As a person reads it: `kind = “database”, tier = 1`; nothing when all are meant."""

    def choose(self, part: Part, facts: Facts) -> Chosen:
        """Whether a part is meant."""
        answers = [criterion(part, facts) for criterion in self.criteria]
        if any(answer.yes is False for answer in answers):
            return NO
        missing = tuple(field for answer in answers for field in answer.missing)
        return YES if all(answer.yes for answer in answers) else Chosen(None, missing)


def where(table: Table, section: Scope, key: str = "where") -> Selector:
    """The selector at `key`, for parts of a section. Clients, which owe nothing, are meant only when `kind` says so."""
    inner = table.inner(key)
    found = _selector(inner, section)
    if section != "components" or "kind" in inner.values:
        return found
    return found._replace(criteria=(_is_no_client, *found.criteria))


def end(table: Table, key: str) -> Selector | None:
    """The selector of components at `key`, such as `from`: a table, or a pattern of ids; None when it is left out."""
    if not table.has(key):
        return None
    if isinstance(table.values[key], dict):
        return _selector(table.inner(key), "components")
    wanted = globs_in(table, key)
    return Selector((_with_id(wanted),), f"id = {wanted.words}")


def asked_of(chosen: Selector, look: Check) -> Check:
    """A check asked only of the parts that are meant; of those that perhaps are, only a fine answer counts."""

    def check(part: Any, facts: Facts) -> Verdict:
        answer = chosen.choose(part, facts)
        if answer.yes is False:
            return not_applicable()
        verdict = look(part, facts)
        if answer.yes or verdict.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE):
            return verdict
        return unknown(*answer.missing, *verdict.missing)

    return check


def _is_no_client(part: Any, _: Facts) -> Chosen:
    return Chosen(part.kind != "client")


def _with_id(wanted: Wanted) -> Criterion:
    return lambda part, _: Chosen(wanted.fits(part.id))


def _selector(table: Table, section: Scope) -> Selector:
    read = tuple(_criteria(table, section, ""))
    return Selector(tuple(criterion for criterion, _ in read), ", ".join(words for _, words in read))


def _criteria(table: Table, section: Scope, inside: str) -> Iterator[tuple[Criterion, str]]:
    for key in table.values:
        table.has(key)
        if section == "connections" and not inside and key in ("from", "to"):
            yield _of_end(table, key)
        elif isinstance(table.values[key], dict):
            yield from _criteria(table.inner(key), section, f"{inside}{key}.")
        elif key == "id" and not inside and section != "design":
            wanted = globs_in(table, key)
            yield _with_id(wanted), f"id = {wanted.words}"
        else:
            yield from _of_field(table, key, section, inside + key)


def _of_end(table: Table, key: str) -> tuple[Criterion, str]:
    chosen = end(table, key) or Selector((), "")

    def criterion(part: Connection, facts: Facts) -> Chosen:
        return chosen.choose(facts.design.component[part.source if key == "from" else part.target], facts)

    return criterion, f"{key} a component{f' with {chosen.words}' if chosen.words else ''}"


def _of_field(table: Table, key: str, section: Scope, path: str) -> Iterator[tuple[Criterion, str]]:
    part, special = type_of(section), _SPECIAL.get(path)
    if special is not None and issubclass(part, special.parts):
        shape = shapes(Component)[path]
        wanted = wanted_in(table, key, shape)
        yield special.criterion(wanted), f"{path} = {wanted.words}"
        return
    field = _known(table, key, path, part)
    if field is not None:
        wanted = wanted_in(table, key, field.shape)
        yield _says(field, wanted, section), f"{path} = {wanted.words}"


def _known(table: Table, key: str, path: str, part: type[Part]) -> Field | None:
    known = (*shapes(part), "id")
    near = nearest(path, known) if "." not in path and path not in known else None
    if near is not None:
        table.complain(key, f"{key} is no field to choose by", f"did you mean {near}?")
        return None
    return field_in(table, key, path, part)


def _says(field: Field, wanted: Wanted, section: Scope) -> Criterion:
    def criterion(part: Part, facts: Facts) -> Chosen:
        value = meant(part, field)
        if value is None:
            return Chosen(None, (place_of(part, section, facts) + field.path,))
        return Chosen(wanted.fits(value))

    return criterion


def _in_tier(wanted: Wanted) -> Criterion:
    def criterion(part: Component | Connection, facts: Facts) -> Chosen:
        known = facts.design.component
        ends = [part] if isinstance(part, Component) else [known[part.source], known[part.target]]
        tiers = [tier_of(one, facts) for one in ends]
        possible = (OTHER_TIERS if tier is None else (tier,) for tier in tiers)
        fitting = {wanted.fits(min(combined)) for combined in product(*possible)}
        if len(fitting) == 1:
            return Chosen(fitting.pop())
        silent = (one.id for one, tier in zip(ends, tiers, strict=True) if tier is None)
        return Chosen(None, tuple(f"components.{id_}.tier" for id_ in silent))

    return criterion


def _managed(wanted: Wanted) -> Criterion:
    return lambda part, facts: Chosen(wanted.fits(facts.is_managed(part)))


def _of_technology(wanted: Wanted) -> Criterion:
    def criterion(part: Component, facts: Facts) -> Chosen:
        names = technologies_of(part, facts)
        return Chosen(wanted.fits(names)) if names else Chosen(None, (f"components.{part.id}.technology",))

    return criterion


def technologies_of(component: Component, facts: Facts) -> tuple[str, ...]:
    """What the technology of a component is called: the words of the design, and the id the catalogue has for them;
    nothing when the design does not say."""
    said = (component.technology or "").strip()
    if not said:
        return ()
    entry = getattr(facts.technologies.get(component.technology or ""), "id", None)
    return tuple(dict.fromkeys(name for name in (said, entry) if isinstance(name, str)))


def _in_group(wanted: Wanted) -> Criterion:
    def criterion(part: Component, _: Facts) -> Chosen:
        names = part.groups
        if not names:
            return Chosen(None, (f"components.{part.id}.group",))
        paths = ("/".join(names[:depth]) for depth in range(2, len(names) + 1))
        return Chosen(wanted.fits((*names, *paths)))

    return criterion


class _Special(NamedTuple):
    """A key that means more than its field says."""

    parts: tuple[type[Part], ...]
    criterion: Callable[[Wanted], Criterion]


_SPECIAL: Final[Mapping[str, _Special]] = {
    "tier": _Special((Component, Connection), _in_tier),
    "managed": _Special((Component,), _managed),
    "technology": _Special((Component,), _of_technology),
    "group": _Special((Component,), _in_group),
}


def empty_is_refused(table: Table, chosen: Mapping[str, Selector | None]) -> None:
    """Complains when none of these selectors says anything: the rule would be about everything."""
    if not any(selector and selector.criteria for selector in chosen.values()):
        table.complain(None, f"{listed(chosen, 'or')} is missing", f'add {next(iter(chosen))} = {{ kind = "…" }}')
