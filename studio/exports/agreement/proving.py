"""What must always hold, and the tests that show it."""

from collections.abc import Iterator

from studio.estimates.wording import titled, worded
from studio.exports.agreement.facts import rules_of
from studio.exports.agreement.pieces import ASK, Section, code, sentence, words
from studio.exports.agreement.scope import Scope
from studio.exports.agreement.trials import Test, every_test


def invariants(scope: Scope) -> Section:
    """What holds everywhere, and what the catalogue says of each applied pattern, in its words."""
    rows = [f"- {said}" for said in _everywhere(scope)] if scope.of is None else []
    for applied in scope.patterns:
        name, rules, _ = rules_of(scope.analysis, applied)
        on = f" on {code(applied.on)}" if applied.on else ""
        said = " ".join(map(sentence, rules)) or "The catalogue does not say what holds in it: ask."
        rows.append(f"- **{words(name)}**{on}: {said}")
    return Section("What always holds", (), (), tuple(rows), rank=25, least=5)


def _everywhere(scope: Scope) -> Iterator[str]:
    wanted, found = scope.design.requirements, scope.analysis.estimates.targets
    targets = ", ".join(f"{words(titled(t.target))} {words(worded(t.target, t.wanted))}" for t in found)
    yield f"Targets: {targets or ASK}"
    for name in ("authentication", "authorization", "data_protection"):
        said = getattr(wanted.security, name)
        yield f"{_TITLES[name]}: {sentence(said) if said else ASK}"
    need, partition = wanted.consistency.need or ASK, wanted.consistency.during_partition or ASK
    yield f"Consistency: {need}; in a partition: {partition}"
    if scope.design.constraints.regulations:
        yield f"Regulations: {', '.join(map(words, scope.design.constraints.regulations))}"


_TITLES = {
    "authentication": "Authentication", "authorization": "Authorisation", "data_protection": "Protection of data",
}  # fmt: skip


def tests(scope: Scope) -> Section:
    """Tests that show it, a line for each sort; every name in a line is one test."""
    rows = [f"- {test.kind}: {_said(test)}" for test in every_test(scope)]
    return Section("Tests to write", (), (), tuple(rows), rank=50, least=4)


def _said(test: Test) -> str:
    on = code(test.on)
    return f"{on}: {sentence(test.says)}" if on and test.says else sentence(test.says) if test.says else f"{on}."
