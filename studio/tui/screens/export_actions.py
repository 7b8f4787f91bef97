"""Writing a diagram, a document or data."""

from typing import TYPE_CHECKING

from studio.errors import TenfoldError
from studio.tui.screens.base import StudioBase
from studio.tui.screens.question import Question

if TYPE_CHECKING:
    from studio.tui.exporting import Export
    from studio.tui.screens.export import Wanted


class ExportActions(StudioBase):
    """Exports what the dialog was asked for; a file is replaced only when the person says so."""

    _exported: "Export | None" = None

    def action_export(self) -> None:
        """Asks what is to be written, and where."""
        from studio.tui.screens.export import ExportDialog

        def decide(wanted: "Wanted | None") -> None:
            if wanted is not None:
                self._exported = wanted.export
                self._export_to(wanted)

        dialog = ExportDialog(self.session.path.absolute(), self.session.analysis, self._exported)
        self.app.push_screen(dialog, decide)

    def export_as(self, name: str) -> None:
        """Asks the same, beginning with a format."""
        from studio.tui.exporting import Export

        self._exported = Export(name)
        self.action_export()

    def _export_to(self, wanted: "Wanted") -> None:
        path = wanted.path
        if path.resolve() == self.session.path.resolve():
            self.tell("✗ that is the design itself; choose another name")
        elif path.exists():
            question = Question("Export", f"{path} exists already.", (("n", "leave it alone"), ("o", "replace it")))
            self.app.push_screen(question, lambda answer: self._write(wanted) if answer == "o" else None)
        else:
            self._write(wanted)

    def _write(self, wanted: "Wanted") -> None:
        from studio.tui.exporting import write

        try:
            write(wanted.path, wanted.export.content(self.session.analysis), wanted.export.format)
        except TenfoldError as error:
            self.tell(f"✗ {error}")
        else:
            self.tell(f"exported {wanted.export.format} to {wanted.path}")
