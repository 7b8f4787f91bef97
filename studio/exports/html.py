"""The design document as one web page: it needs no network, runs no script, and prints well."""

from studio.analysis import Analysis
from studio.exports.document.as_html import page
from studio.exports.document.contents import document
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".html"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The page. Links lead to places in it only; it looks light or dark as the reader prefers."""
    del design, options
    return page(document(analysis))
