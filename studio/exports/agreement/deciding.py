"""What was decided and must not be decided again, what is open and must be asked, and what is known to be lacking."""

from collections.abc import Iterator

from studio.exports.agreement.facts import is_open, is_settled, undecided
from studio.exports.agreement.pieces import Section, code, literal, sentence, words
from studio.exports.agreement.scope import Scope
from studio.model.records import Decision
from studio.red_flags.report import Finding
from studio.red_flags.rule import Severity

_SHOWN = 6
"""Undecided fields named one by one; contract.json names all."""


def decided(scope: Scope) -> Section:
    """Decisions that hold, with the reason and what was turned down."""
    rows = tuple(f"- {_decided(decision)}" for decision in scope.decisions if is_settled(decision))
    before = ("Taken, with reasons; do not take them again.",) if rows else ()
    return Section("Decided", before, (), rows, rank=30, least=3)


def _decided(decision: Decision) -> str:
    names = {option.id: option.name or option.id for option in decision.options}
    chosen = names.get(decision.chosen or "", decision.chosen or "")
    others = [words(name) for id_, name in names.items() if id_ != decision.chosen]
    against = f" Not: {'; '.join(others)}." if others else ""
    why = f" Because: {sentence(decision.why)}" if decision.why else ""
    again = f" Ask again when {_when(decision.revisit_when)}" if decision.revisit_when else ""
    about = f" ({code(decision.about)})" if decision.about else ""
    return f"**{words(decision.label)}** {words(chosen)}{about}.{why}{against}{again}"


def _when(said: str) -> str:
    """A comparison as code, words as a sentence."""
    return f"{literal(said)}." if any(sign in said for sign in "<>=") else sentence(said)


def still_open(scope: Scope) -> Section:
    """What nobody has decided: an agent asks and does not choose."""
    rows = [f"- {_open(decision)}" for decision in scope.decisions if is_open(decision)]
    if scope.of is None:
        rows += [
            f"- {sentence(question.text or question.id)}{f' Ask {sentence(question.ask)}' if question.ask else ''}"
            for question in scope.design.questions
        ]
    fields = [field for field in undecided(scope.design) if scope.speaks_of(field)]
    if fields:
        more = f" … and {len(fields) - _SHOWN} more: contract.json" if len(fields) > _SHOWN else ""
        rows.append(f"- {len(fields)} fields nobody has filled in: {code(fields[:_SHOWN])}{more}")
    before = ("Ask; do not choose.",) if rows else ("Nothing is noted as open. What is not written here is: ask.",)
    return Section("Not decided: ask", before, (), tuple(rows), rank=5, least=3)


def _open(decision: Decision) -> str:
    options = " or ".join(words(option.name or option.id) for option in decision.options)
    return f"**{words(decision.label)}** {options or 'No options are written down yet'}."


def limits(scope: Scope) -> Section:
    """Red flags somebody accepts, with the end of it, and those that are open, the worst first."""
    found = [f for f in scope.analysis.report.findings if scope.speaks_of(f.on) and f.severity is not Severity.NOTE]
    rows = tuple(f"- {_limit(finding)}" for finding in sorted(found, key=lambda finding: finding.accepted is not None))
    return Section("Known limits", (), (), rows, rank=45, least=3)


def _limit(finding: Finding) -> str:
    accepted = finding.accepted
    said = f"{finding.rule.id} on `{finding.on}`: {sentence(finding.verdict.message)}"
    if accepted is None:
        return f"Open {finding.severity.value} {said}"
    return f"Accepted until {accepted.until.isoformat()} by {words(accepted.by)}: {said} {sentence(accepted.why)}"


def checking(scope: Scope, *, per_component: bool) -> Section:
    """The commands that tell whether the design and this file still hold."""
    return Section(
        "How to check",
        ("DESIGN is the design file this was made from.",),
        (),
        tuple(_commands(scope, per_component=per_component)),
        least=9,
    )


def _commands(scope: Scope, *, per_component: bool) -> Iterator[str]:
    nested = "-o FOLDER/ --per-component" if per_component else "-o AGENTS.md"
    yield "- `tenfold check DESIGN`: 1 means that the design has an open error; `tenfold explain RULE` tells about one"
    if scope.design.scenarios and scope.of is None:
        yield f"- It also tries what is expected when things fail: {code(s.id for s in scope.design.scenarios)}"
    yield f"- `tenfold export DESIGN --to agents {nested} --check`: 1 means that this file is stale; make it anew"
    yield "- `tenfold export DESIGN --to contract -o contract.json`: the same for machines, nothing left out"
