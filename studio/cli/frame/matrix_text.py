"""`tenfold estimate --decision`: the options of a decision as a table in a terminal, and as JSON."""

from collections.abc import Iterator
from typing import Any

from studio.cli.frame.terminal import table
from studio.comparing.weighing import CRITERIA, Matrix, Row
from studio.comparing.words import cell, flags, heading, turned, verdict
from studio.errors import TenfoldError
from studio.estimates.as_json import plain_json
from studio.model.design import Design
from studio.model.records import Decision
from studio.text import listed, nearest, one_line


def decision_called(file: str, design: Design, id_: str) -> Decision:
    """The decision of this id. Raises `TenfoldError` that names the nearest."""
    known = {decision.id: decision for decision in design.decisions}
    for name, decision in known.items():
        if name == id_:
            return decision
    near = nearest(id_, known)
    advice = f"did you mean {near}?" if near else f"there is {listed(known) or 'none at all'}"
    raise TenfoldError(f"{file}:1: --decision {id_}: there is no such decision; {advice}")


def as_text(matrix: Matrix) -> str:
    """The options beside each other, the winner by weight, and where it changes."""
    return "\n".join(_lines(matrix))


def _lines(matrix: Matrix) -> Iterator[str]:
    yield one_line(matrix.decision.label)
    if not matrix.rows:
        yield f"no options are written down; give decisions.{matrix.decision.id}.options.NAME"
        return
    head = ("option", "", *map(heading, CRITERIA), *(["score"] if matrix.scores else []))
    rows = [head, *(_row(row, matrix) for row in matrix.rows)]
    yield from table(rows, right=frozenset(range(2, len(head))))
    for row in matrix.rows:
        if row.new or row.resolved:
            yield f"{row.variant.id}: {flags(row)}"
    yield from verdict(matrix)
    yield from (turned(turn) for turn in matrix.turns)
    yield from (f"· {note}" for note in matrix.notes)


def _row(row: Row, matrix: Matrix) -> tuple[str, ...]:
    mark = "✓ chosen" if row.variant.is_chosen else ""
    score = matrix.scores.get(row.variant.id)
    scores = ["?" if score is None else f"{score:.2f}"] if matrix.scores else []
    return (one_line(row.variant.name), mark, *(cell(name, row.figures[name]) for name in CRITERIA), *scores)


def as_json(matrix: Matrix) -> str:
    """All of it; unknown is null, with its reason under `notes`."""
    options: dict[str, Any] = {}
    for row in matrix.rows:
        options[row.variant.id] = {
            "name": row.variant.name,
            "chosen": row.variant.is_chosen,
            **{CRITERIA[name]: value for name, value in row.figures.items()},
            "new_flags": row.new,
            "resolved_flags": row.resolved,
            "score": matrix.scores.get(row.variant.id),
        }
    turns = [
        {"criterion": t.criterion, "weight": t.weight, "at": t.at, "side": "above" if t.is_above else "below",
         "winner": t.winner} for t in matrix.turns
    ]  # fmt: skip
    return plain_json(
        {
            "format": 1,
            "decision": matrix.decision.id,
            "chosen": matrix.decision.chosen,
            "options": options,
            "weights": dict(matrix.weights),
            "winner": matrix.winner,
            "turns": turns,
            "notes": matrix.notes,
        }
    )
