"""The fourteen sections of the design document, in their order."""

from collections.abc import Callable, Iterator
from typing import Final

from studio.analysis import Analysis
from studio.exports.document.architecture import architecture
from studio.exports.document.blocks import Block, Document, Section
from studio.exports.document.data import data_model, interfaces
from studio.exports.document.deciding import future, questions, trade_offs
from studio.exports.document.framing import goals, non_goals, overview
from studio.exports.document.operating import monitoring, security
from studio.exports.document.reliability import reliability
from studio.exports.document.requirements import requirements
from studio.exports.document.scaling import scaling
from studio.exports.document.subject import Subject

SECTIONS: Final[tuple[tuple[str, Callable[[Subject], Iterator[Block]]], ...]] = (
    ("Overview", overview),
    ("Goals", goals),
    ("Non-Goals", non_goals),
    ("Requirements", requirements),
    ("Architecture", architecture),
    ("Data Model", data_model),
    ("APIs", interfaces),
    ("Scaling Strategy", scaling),
    ("Reliability", reliability),
    ("Security", security),
    ("Monitoring", monitoring),
    ("Trade-offs", trade_offs),
    ("Future Considerations", future),
    ("Open Questions", questions),
)


def document(analysis: Analysis) -> Document:
    """The whole document, every section with something in it: what is missing is said with the field that fills it."""
    subject = Subject(analysis)
    found = (
        Section(number, title, tuple(section(subject))) for number, (title, section) in enumerate(SECTIONS, start=1)
    )
    return Document(analysis.design.design.name, tuple(found))
