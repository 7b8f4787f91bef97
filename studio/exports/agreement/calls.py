"""Who may call whom, and how each call is made."""

from collections.abc import Iterator

from studio.exports.agreement.facts import undecided_of_call
from studio.exports.agreement.pieces import ASK, Section, cell, code, row, table, words
from studio.exports.agreement.scope import Scope
from studio.model.connection import Connection
from studio.model.design import Design
from studio.units import Dimension, shown

_RULE = (
    "**A call that is not in this table is forbidden**, from every part of a component, its jobs, scripts and tests. "
    "To need another one is a question about the design: ask."
)
_READER = "Where a queue or a stream stands on the left, the component on the right reads from it."
_READING = f"{_READER} Attempts count the first try. Nothing else is retried."
_ALL = 10**6
"""Rows of which none is ever cut."""


def calls(scope: Scope) -> Section:
    """The allowed calls with their rules, a row each; put tighter when there are too many, never fewer."""
    design = scope.design
    head = table("Id", "Call", "Carries", "Protocol", "Timeout, retries", "When it fails", "Auth", "Data")
    rows = tuple(_row(design, call) for call in scope.calls)
    tighter = Section("Allowed calls", (_RULE, _ELSEWHERE), _BY_CALLER, tuple(_by_caller(scope)), least=_ALL)
    return Section(
        "Allowed calls" if scope.of is None else f"Allowed calls from and to `{scope.of}`",
        (f"{_RULE} {_READING}",) if rows else ("No call is decided yet: **every call is forbidden**, ask.",),
        head if rows else (),
        rows,
        least=_ALL,
        tighter=tighter._replace(tighter=_in_one_line(scope)) if rows else None,
    )


def _row(design: Design, call: Connection) -> str:
    missing = set(undecided_of_call(design, call))

    def asked(*names: str) -> list[str]:
        return [name for name in names if name in missing]

    return row(
        f"`{call.id}`",
        f"`{call.source}` → `{call.target}`",
        "; ".join(_carries(call)),
        cell((words(call.protocol or ""), call.mode or "sync"), asked("protocol")),
        cell(_tries(call), asked("timeout", "attempts", "backoff", "jitter", "idempotent")),
        cell(_failing(call), asked("circuit_breaker", "fallback", "delivery", "dead_letter")),
        cell((words(call.auth or ""), _encryption(call)), asked("auth", "encrypted")),
        code(call.data) or (ASK if "data" in missing else ""),
    )


def _carries(call: Connection) -> Iterator[str]:
    if call.carries:
        yield words(call.carries)
    if call.traffic in ("reads", "writes"):
        yield f"{call.traffic} only"
    if call.on_miss_of:
        yield f"only when `{call.on_miss_of}` misses"
    if call.per_item:
        yield "one for each item"
    if call.validated:
        yield "checked on arrival"


def _tries(call: Connection) -> Iterator[str]:
    if call.timeout is not None:
        yield f"timeout {shown(call.timeout, Dimension.DURATION)}"
    if call.attempts is not None:
        yield "1 attempt, no retry" if call.attempts == 1 else f"{call.attempts} attempts{_waits(call)}"
    if call.retry_budget is not None:
        yield f"retries at most {shown(call.retry_budget, Dimension.FACTOR)} × requests"
    if call.hedge_after is not None:
        yield f"second try sent after {shown(call.hedge_after, Dimension.DURATION)}, first answer wins"
    if call.idempotent is not None:
        yield "idempotent" if call.idempotent else "not idempotent"


def _waits(call: Connection) -> str:
    if call.backoff == "none":
        return ", no wait"
    waits = f", {call.backoff} backoff" if call.backoff else ""
    return f"{waits}{' with jitter' if call.jitter else ', no jitter' if call.jitter is False else ''}"


def _failing(call: Connection) -> Iterator[str]:
    if call.circuit_breaker:
        yield "circuit breaker"
    if call.bulkhead:
        yield "pool of its own"
    if call.fallback:
        yield f"fallback: {words(call.fallback)}"
    elif call.hard is False:
        yield "the caller goes on without it"
    if call.delivery:
        yield call.delivery
    if call.dead_letter:
        yield "dead letters are set aside"


def _encryption(call: Connection) -> str:
    return {True: "encrypted", False: "not encrypted", None: ""}[call.encrypted]


_ELSEWHERE = (
    f"{_READER} How each is made (timeout, attempts, auth, …) is in contract.json under `allowed_calls`: read it first."
)
_BY_CALLER = table("From", "To")


def _targets(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for call in scope.calls:
        found.setdefault(call.source, []).append(call.target)
    return found


def _by_caller(scope: Scope) -> Iterator[str]:
    for source, targets in _targets(scope).items():
        yield row(f"`{source}`", code(dict.fromkeys(targets)))


def _in_one_line(scope: Scope) -> Section:
    said = " · ".join(f"`{source}` → {code(dict.fromkeys(targets))}" for source, targets in _targets(scope).items())
    rule = _RULE.replace("in this table", "in this list")
    return Section("Allowed calls", (rule, _ELSEWHERE, "", f"{said}."), least=_ALL)
