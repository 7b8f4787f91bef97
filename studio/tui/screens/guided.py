"""The guided questions on the screen, one at a time, judged as they are answered."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from studio.asking.first_design import first_design
from studio.asking.guided import Guided
from studio.asking.questions import QUESTIONS, Question
from studio.asking.reading import read
from studio.errors import TenfoldError
from studio.tui.bindings import key
from studio.tui.screens.dialog import Dialog


class Questions(Dialog[str]):
    """Asks; the result is the text of the first design. Who leaves with answers is asked once more."""

    AUTO_FOCUS = "Input"
    shape = "-wide"
    keys = (("Enter", "take"), ("↓", "leave it open"), ("↑", "the one before"), ("Esc", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "Take", "guided.take", "Take the answer, or the default when there is none"),
        key("down", "open", "Open", "guided.open", "Leave the question open"),
        key("up", "back", "Before", "guided.back", "The question before"),
    ]
    heading = "New design from questions"

    def __init__(self, guided: Guided) -> None:
        super().__init__()
        self.guided = guided
        self._is_leaving = False

    def content(self) -> ComposeResult:
        """The question, why it is asked, and the line for its answer."""
        yield Static("", markup=False, classes="words", id="topic")
        yield Static("", markup=False, classes="words", id="question")
        yield Static("", markup=False, classes="ask", id="why")
        entry = Input(id="answer")
        entry.cursor_blink = False
        yield entry
        yield Static("", markup=False, classes="message")

    def on_mount(self) -> None:
        """Shows the first question."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        question = self.guided.question
        if question is None:
            self.dismiss(first_design(self.guided).text)
            return
        self._is_leaving = False
        self.query_one("#topic", Static).update(f"{question.topic}   {self.guided.place + 1} of {len(QUESTIONS)}")
        self.query_one("#question", Static).update(question.ask)
        self.query_one("#why", Static).update(_about(question))
        before = self.guided.given.get(question.id)
        entry = self.query_one(Input)
        with entry.prevent(Input.Changed):
            entry.value = before.text if before is not None and before.manner == "said" else ""
        entry.placeholder = question.default
        entry.cursor_position = len(entry.value)
        self._say("")

    def _say(self, text: str) -> None:
        message = self.query_one(".message", Static)
        message.update(text)
        message.display = bool(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Judges what is typed."""
        event.stop()
        question = self.guided.question
        if question is not None:
            self._say(_wrong(question, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Takes the answer and goes on."""
        typed = self.query_one(Input).value
        question = self.guided.question
        wrong = _wrong(question, typed) if question is not None else ""
        if wrong:
            self._say(wrong)
            return
        self.guided = self.guided.answered(typed)
        self._show()

    def action_open(self) -> None:
        """Leaves the question open."""
        self.guided = self.guided.left_open()
        self._show()

    def action_back(self) -> None:
        """Goes to the question before."""
        self.guided = self.guided.back()
        self._show()

    def action_leave(self) -> None:
        """Leaves; answers are dropped only when that is asked for twice."""
        number = sum(answer.manner == "said" for _, answer in self.guided.answers)
        if number and not self._is_leaving:
            self._is_leaving = True
            self._say(f"✗ nothing is written yet; Esc again drops {number} answer{'' if number == 1 else 's'}")
        else:
            self.dismiss(None)


def _wrong(question: Question, typed: str) -> str:
    """What is wrong with what is typed so far, or nothing."""
    try:
        if typed.strip():
            read(question, typed)
    except TenfoldError as error:
        return f"✗ {error}"
    return ""


def _about(question: Question) -> str:
    """Why it is asked, how it may look, and what Enter takes."""
    example = f"\nsuch as: {question.example}" if question.example else ""
    several = "; several with ; between them" if question.several else ""
    taken = f"\nEnter alone takes {question.default}, as an assumption" if question.default else ""
    return f"{question.why}{example}{several}{taken}"
