"""Fields of the whole design that everybody but a prototype owes an answer to."""

from collections.abc import Iterable, Mapping

from studio.model.design import Design
from studio.red_flags.rule import Verdict, failed, not_applicable, passed
from studio.text import listed


def owes(
    design: Design, lacking: Iterable[str], words: Mapping[str, str], examples: Mapping[str, str], fault: str
) -> Verdict:
    """Fails a design that left these dotted fields empty: `fault`, what each would say, and examples of that."""
    if design.design.stage == "prototype" or not design.components:
        return not_applicable()
    found = list(lacking)
    if not found:
        return passed()
    return failed(
        f"{fault} {listed(words[field] for field in found)}",
        evidence={"lacking": found},
        fix=tuple(f"{field}, such as {examples[field]}" for field in found),
        field=found[0],
    )
