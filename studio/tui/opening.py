"""How a design comes onto the screen: which file, who else has it, what a journal kept of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from textual.app import App

from studio.asking.guided import Guided
from studio.diagrams.glyphs import Charset
from studio.errors import COULD_NOT_RUN, FINE, InvalidDesign, TenfoldError
from studio.files.journal import Journal, claimed, clean_up
from studio.files.locking import Holder
from studio.files.recent import forget, is_first_run, never_saved, recent, remember
from studio.files.recording import Recovery
from studio.files.saving import save
from studio.files.starting import blank, sample_ids, sample_text, title_of
from studio.session import Session
from studio.tui.editor import edited
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.problems import Problems
from studio.tui.screens.question import Question
from studio.tui.screens.start import Offer, Start
from studio.tui.screens.studio import StudioScreen
from studio.tui.when import time_of_day

TOUR_SAMPLE = "url_shortener"


class Opening(App[int]):
    """Opens a design, or offers what there is to open."""

    charset: Charset = "unicode"
    _came_from_start = False
    _open_sessions: tuple[Session, ...] = ()

    def begin(self, path: Path | None) -> None:
        """Opens the file; without one the start screen, and at the very first time a sample with the tour."""
        if path is not None:
            self.open(path)
        elif is_first_run():
            self._open_sample(TOUR_SAMPLE, tour=True)
        else:
            self.start()
        self.call_after_refresh(self.run_worker, clean_up, thread=True)

    # Opening ---------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Opens a design file; one that cannot be read is shown with its problems."""
        try:
            session = Session.open(path)
        except InvalidDesign as error:
            screen = Problems(path.name, error)
            self.push_screen(screen, lambda answer: self._about_problems(path, screen.line, answer))
        else:
            self.guard(session)

    def guard(self, session: Session, *, tour: bool = False) -> None:
        """Shows a session that writes its journal, unless another studio has the file and the person leaves it."""
        try:
            journal, other = claimed(session.path)
        except TenfoldError as error:
            self.work_on(session, says=str(error), tour=tour)
            return
        if other is None:
            self._keep(session, journal, tour=tour)
            return

        def decide(answer: str | None) -> None:
            if answer == "o":
                self._keep(session, journal, tour=tour)
            else:
                journal.close()
                self._leave()

        answers = (("l", "leave it alone"), ("o", "open it anyway; what is done here is kept apart until saved"))
        self.push_screen(Question("Open in another studio", _who(session.path, other), answers), decide)

    def _keep(self, session: Session, journal: Journal, *, tour: bool = False) -> None:
        recovery = session.keep(journal)
        if session.was_ever_saved:
            remember(session.path)
        self.work_on(session, recovery, tour=tour)

    def work_on(
        self, session: Session, recovery: Recovery | None = None, *, says: str = "", tour: bool = False
    ) -> None:
        """Shows a session, and asks what is to be done with what was recovered."""
        self._open_sessions += (session,)
        screen = StudioScreen(session, charset=self.charset)
        self.push_screen(screen)
        if says:
            screen.tell(says)
        wrong = session.settings.problems if session.settings else ()
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
            self.notify(f"{wrong[0]}{more}. The team's rules are not used.", markup=False, severity="warning")
        if tour:
            screen.begin_tour()
        if recovery is not None:
            self.call_after_refresh(screen.ask_about_recovery, recovery)

    def sessions(self) -> list[Session]:
        """The sessions that are open."""
        return list(self._open_sessions)

    def _about_problems(self, path: Path, line: int, answer: str | None) -> None:
        if answer == "edit":
            wrong = edited(self, path, line)
            if wrong:
                self.notify(wrong, markup=False, severity="error")
            self.open(path)
        elif answer == "again":
            self.open(path)
        elif self._came_from_start:
            self.start()
        else:
            self.exit(COULD_NOT_RUN)

    def _leave(self) -> None:
        if self._came_from_start:
            self.start()
        else:
            self.exit(FINE)

    # Starting --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Shows what there is to begin with."""
        self._came_from_start = True
        self.push_screen(Start(tuple(_offers())), self._begin_with)

    def _begin_with(self, answer: str | None) -> None:
        sort, _, what = (answer or "quit").partition(":")
        if sort == "sample":
            self._open_sample(what)
        elif sort == "recent":
            self.open(Path(what))
        elif sort == "unsaved":
            text = dict(never_saved()).get(Path(what))
            self.guard(Session.from_text(text, Path(what))) if text is not None else self.start()
        elif sort == "forget":
            forget(Path(what))
            self.start()
        elif sort in ("open", "new", "guided", "import"):
            self._ask(sort)
        else:
            self.exit(FINE)

    def _open_sample(self, id_: str, *, tour: bool = False) -> None:
        self.guard(Session.from_sample(id_, free_path(Path.cwd() / f"{id_}.toml")), tour=tour)

    def _ask(self, sort: str) -> None:
        where = Line("path", "Where is the design kept?", free_path(Path("design.toml")).name)
        if sort == "open":
            entry = Entry("Open a design", (Line("path", "Which file?"),), judge=_is_file)
            self.push_screen(entry, self._open_answered)
        elif sort == "new":
            lines: tuple[Line, ...] = (Line("name", "What is the system called?"), where)
            self.push_screen(Entry("New design", lines, judge=_is_free), self._new_answered)
        elif sort == "guided":
            self.push_screen(Entry("New design from questions", (where,), judge=_is_free), self._guided_answered)
        else:
            from studio.imports.frame.formats import formats

            known = formats()
            lines = (
                Line("format", "What is it?", known[0] if len(known) == 1 else "", known, must_offer=True),
                Line("file", "Which file?"),
                where,
            )
            self.push_screen(Entry("Import", lines, judge=_is_importable), self._import_answered)

    def _open_answered(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            self.start()
        else:
            self.open(Path(answers["path"]).expanduser())

    def _new_answered(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            self._write_first(Path(answers["path"]).expanduser(), lambda: blank(answers["name"]))
        else:
            self.start()

    def _guided_answered(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            self.start()
            return
        from studio.tui.screens.guided import Questions

        path = Path(answers["path"]).expanduser()

        def draw(text: str | None) -> None:
            if text is None:
                self.start()
            else:
                self._write_first(path, lambda: text)
                self.call_after_refresh(self._tell_open, path)

        self.push_screen(Questions(Guided(title_of(path))), draw)

    def _tell_open(self, path: Path) -> None:
        """What to answer next in a design that has just begun; it stands in the design, so it may pass by."""
        from studio.asking.first_design import open_questions

        session = next((session for session in self.sessions() if session.path == path), None)
        if session is not None:
            asked = "\n".join(f"? {question}" for question in open_questions(session.analysis))
            self.notify(asked, title="Still open", markup=False, timeout=20)

    def _import_answered(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            self.start()
            return
        from studio.tui.importing import imported_text

        path = Path(answers["path"]).expanduser()
        self._write_first(path, lambda: imported_text(answers["format"], answers["file"], path))

    def _write_first(self, path: Path, text: Callable[[], str]) -> None:
        """Makes a file and opens it; says why not, and starts again, when that cannot be."""
        try:
            save(path, text())
        except TenfoldError as error:
            self.notify(str(error), markup=False, severity="error", timeout=12)
            self.start()
        else:
            self.open(path)


def _who(path: Path, other: Holder) -> str:
    here = "" if other.host in ("", os.uname().nodename) else f" on {other.host}"
    return (
        f"{path.name} is open in another studio (pid {other.pid}{here}, since {time_of_day(other.since)}). "
        "Whoever saves last is asked about the other's changes."
    )


def _offers() -> Iterator[Offer]:
    """What the start screen offers: what was never saved, recent files, samples."""
    import tomllib

    for path, _ in never_saved():
        yield Offer(f"unsaved:{path}", path.name, f"never saved; was to be in {path.parent}")
    for path in recent():
        yield Offer(f"recent:{path}", path.name, str(path.parent), is_there=path.is_file())
    for id_ in sample_ids():
        about = tomllib.loads(sample_text(id_)).get("design", {})
        overview = str(about.get("overview", "")).split(". ")[0]
        yield Offer(f"sample:{id_}", str(about.get("name", id_)), overview)


def free_path(path: Path) -> Path:
    """The path, numbered when there is such a file already: nothing is ever replaced by something new. One where a
    design that was never saved is to go counts as taken too."""
    taken = {place for place, _ in never_saved()}
    if not path.exists() and path.absolute() not in taken:
        return path
    numbered = (path.with_stem(f"{path.stem}_{number}") for number in range(2, 10_000))
    return next(place for place in numbered if not place.exists() and place.absolute() not in taken)


def _is_file(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    return "" if path.is_file() else f"there is no file {path}"


def _is_free(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    if path.exists():
        return f"{path} exists already; open it instead, or choose another name"
    return "" if path.resolve().parent.is_dir() else f"there is no folder {path.parent}"


def _is_importable(answers: dict[str, str]) -> str:
    return _is_file({"path": answers["file"]}) or _is_free(answers)
