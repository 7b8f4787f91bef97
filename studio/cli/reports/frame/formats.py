"""Which formats of reports there are, and one rendered."""

import importlib

from studio.cli import reports
from studio.cli.reports.frame.inspection import Inspection, Manner


def rendered(name: str, inspection: Inspection, manner: Manner) -> str:
    """What was inspected, in the format of this name, which is one of the modules in `studio.cli.reports`."""
    module = importlib.import_module(f"{reports.__name__}.{name}")
    text: str = module.render(inspection, manner)
    return text
