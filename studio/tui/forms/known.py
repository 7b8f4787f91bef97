"""What a form knows beside the design: the catalogue, and the question that would settle most."""

from typing import TYPE_CHECKING, NamedTuple

from studio.model.address import Address, dotted, part_at
from studio.model.design import Design
from studio.model.fields import FieldShape
from studio.tui.view import View

if TYPE_CHECKING:
    from studio.catalogue.library import Library
    from studio.red_flags.report import Question
    from studio.tui.forms.defaults import Applies


class Known(NamedTuple):
    """The surroundings of a form."""

    library: "Library | None" = None
    """The catalogue; None before the first drawing is seen, when nothing may be read for a form."""
    question: "Question | None" = None
    """The field whose answer would settle most rules; None while that is not worked out."""
    flags: tuple[str, ...] = ()
    """The ids of all rules, the team's own included; none while they have not been asked."""

    def asks(self, address: Address, key: str) -> bool:
        """Whether the next question is about this field."""
        return self.question is not None and self.question.field == f"{dotted(address)}.{key}"

    def asks_within(self, address: Address) -> bool:
        """Whether the next question is about something in this table."""
        return self.question is not None and self.question.field.startswith(f"{dotted(address)}.")

    def applies(self, design: Design, address: Address, shape: FieldShape) -> "Applies | None":
        """What counts in a field as long as nothing is said there."""
        if self.library is None:
            return None
        from studio.tui.forms.defaults import applies

        return applies(part_at(design, address), address, shape, self.library)


def known_of(view: View) -> Known:
    """What a view tells a form; nothing is worked out for it that is not ready."""
    report = vars(view.analysis).get("report")
    if report is None:
        return Known()
    return Known(view.analysis.library, report.next_question, tuple(report.outcomes))
