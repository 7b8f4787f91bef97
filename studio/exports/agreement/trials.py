"""The tests a design asks for: of its requirements, endpoints, calls, times, failures, and of its patterns."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from studio.estimates.wording import worded
from studio.exports.agreement.facts import rules_of
from studio.exports.agreement.scope import Scope
from studio.model.component import Component
from studio.units import point


class Test(NamedTuple):
    """One sort of test."""

    kind: str
    on: tuple[str, ...] = ()
    """Ids: of requirements, calls, components, journeys, patterns, or `component.endpoint`; one test for each."""
    says: str = ""
    """What exactly, in the words of the design or the catalogue; empty where the kind says all."""


def every_test(scope: Scope) -> tuple[Test, ...]:
    """All of them, those with nothing to test left out; the general ones first."""
    found = (*_of_endpoints(scope), *_of_calls(scope), *_of_times(scope), *_of_failures(scope), *_of_patterns(scope))
    return tuple(test for test in (_of_requirements(scope), *found) if test.on)


def _of_requirements(scope: Scope) -> Test:
    wanted = scope.design.requirements.functional if scope.of is None else ()
    return Test("Each requirement is met", tuple(r.id for r in wanted if r.priority in (None, "must", "should")))


def _of_endpoints(scope: Scope) -> Iterator[Test]:
    known = [(f"{c.id}.{e.id}", e) for c in scope.components for e in c.endpoints]
    guarded = tuple(name for name, e in known if _is_said(e.authorization))
    yield Test("Somebody else’s object is refused", guarded)
    yield Test("Without credentials it is refused", tuple(name for name, e in known if _is_said(e.auth)))


def _is_said(rule: str | None) -> bool:
    """Whether there is a rule; `none` and `none: public by design` say that there is none."""
    return rule is not None and rule.strip().lower().partition(":")[0].strip() not in ("", "none", "public")


def _of_calls(scope: Scope) -> Iterator[Test]:
    calls = scope.calls
    twice = tuple(c.id for c in calls if c.idempotent and c.mutating is not False)
    hangs = tuple(c.id for c in calls if c.timeout is not None and c.is_synchronous)
    yield Test("Sent twice it changes things once", twice)
    yield Test("The callee hangs, and the caller gives up after its timeout", hangs)
    yield Test("The callee is away, and its fallback answers", tuple(c.id for c in calls if c.fallback))
    yield Test("A message that cannot be handled is set aside", tuple(c.id for c in calls if c.dead_letter))


def _of_times(scope: Scope) -> Iterator[Test]:
    journeys = [j for j in scope.design.journeys if j.p99 is not None and scope.of is None]
    rates = scope.analysis.estimates.journeys
    said = ", ".join(
        f"{j.id} p99 {worded('p99_ms', point(j.p99 or 0.0) * 1000)}"
        + (f" at {worded('rps', rates[j.id].peak_rps)}" if rates[j.id].peak_rps is not None else "")
        for j in journeys
    )
    yield Test("Under peak load the time is kept", tuple(j.id for j in journeys), said)


def _of_failures(scope: Scope) -> Iterator[Test]:
    for component in scope.components:
        modes = tuple(_modes(component))
        if modes:
            yield Test("It fails as designed", (component.id,), "; ".join(modes))


def _modes(component: Component) -> Iterable[str]:
    return (f"{failure.mode or failure.id} → {failure.effect}" for failure in component.failures if failure.effect)


def _of_patterns(scope: Scope) -> Iterator[Test]:
    for applied in scope.patterns:
        name, _, asked = rules_of(scope.analysis, applied)
        if asked:
            yield Test(name, applied.on or (applied.id,), " ".join(f"{_unlabelled(line)}." for line in asked))


def _unlabelled(line: str) -> str:
    label, colon, rest = line.partition(": ")
    return rest if colon and label in ("Tests", "Test") else line
