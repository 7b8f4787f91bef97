"""The design document in Markdown: fourteen sections, all from the model."""

from collections.abc import Callable
from typing import Final

from studio.analysis import Analysis
from studio.exports.document import architecture, deciding, requirements, running
from studio.exports.document.pieces import paragraphs
from studio.exports.frame.escaping import markdown
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".md"

SECTIONS: Final[tuple[tuple[str, Callable[[Analysis], str]], ...]] = (
    ("Overview", requirements.overview),
    ("Goals", requirements.goals),
    ("Non-Goals", requirements.non_goals),
    ("Requirements", requirements.requirements),
    ("Architecture", architecture.architecture),
    ("Data Model", architecture.data_model),
    ("APIs", architecture.interfaces),
    ("Scaling Strategy", running.scaling),
    ("Reliability", running.reliability),
    ("Security", running.security),
    ("Monitoring", running.monitoring),
    ("Trade-offs", deciding.trade_offs),
    ("Future Considerations", deciding.future),
    ("Open Questions", deciding.questions),
)


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The document. A section without content says what is missing and where to say it."""
    del options
    sections = (
        f"## {number}. {title}\n\n{section(analysis)}" for number, (title, section) in enumerate(SECTIONS, start=1)
    )
    return paragraphs(f"# {markdown(design.design.name)}", *sections) + "\n"
