"""The design document in Markdown: fourteen sections, all from the model, beside what a person writes."""

from studio.analysis import Analysis
from studio.exports.document.as_markdown import section
from studio.exports.document.contents import document
from studio.exports.frame.escaping import markdown
from studio.exports.frame.managed import part
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".md"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The document, each section a generated part. One without content says what is missing and where to say it."""
    del options
    made = document(analysis)
    title = part("title", f"# {markdown(design.design.name)}")
    return "\n".join((title, *(part(found.name, section(found)) for found in made.sections)))
