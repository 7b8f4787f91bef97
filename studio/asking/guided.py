"""The way through the guided questions: which is asked, what was answered, taken or left open."""

from typing import Any, Final, Literal, NamedTuple, TypeAlias

from studio.asking.questions import QUESTIONS, Question
from studio.asking.reading import read

SOURCE: Final = "default of the guided questions"
"""The source of an assumption that nobody but this program made."""

Manner: TypeAlias = Literal["said", "default", "open"]


class Answer(NamedTuple):
    """What became of one question."""

    manner: Manner
    text: str = ""
    """As typed, or the default as it stands; nothing when it was left open."""


class Guided(NamedTuple):
    """Where a person stands in the questions."""

    name: str = "New design"
    """The default name of the system."""
    answers: tuple[tuple[str, Answer], ...] = ()
    """By the id of the question, in the order of the questions."""
    place: int = 0

    @property
    def question(self) -> Question | None:
        """The question to be answered; None when all were gone through."""
        if self.place >= len(QUESTIONS):
            return None
        found = QUESTIONS[self.place]
        return found._replace(default=self.name) if found.id == "name" else found

    @property
    def given(self) -> dict[str, Answer]:
        """The answers by id."""
        return dict(self.answers)

    def answered(self, text: str) -> "Guided":
        """With an answer to this question.

        An empty one keeps what was said before, else takes the default, or leaves it open where there is none.

        Raises `TenfoldError` in one sentence for what is no answer to it.
        """
        question = self.question
        if question is None:
            return self
        before = self.given.get(question.id)
        said = text.strip() or (before.text if before is not None and before.manner == "said" else "")
        if not said:
            return self._with(Answer("default", question.default) if question.default else Answer("open"))
        read(question, said)
        return self._with(Answer("said", said))

    def left_open(self) -> "Guided":
        """With this question open, whatever its default is; only the name must be something."""
        question = self.question
        return self.answered("") if question is not None and question.id == "name" else self._with(Answer("open"))

    def back(self) -> "Guided":
        """At the question before; its answer stays until another is given."""
        return self._replace(place=max(self.place - 1, 0))

    def finished(self) -> "Guided":
        """All that is not answered by its default."""
        guided = self
        while guided.question is not None:
            guided = guided.answered("")
        return guided

    def value(self, id_: str) -> Any:
        """What an answer means, as the file would hold it; None when it is open or was not asked yet."""
        answer = self.given.get(id_)
        if answer is None or answer.manner == "open":
            return None
        return read(next(question for question in QUESTIONS if question.id == id_), answer.text)

    def _with(self, answer: Answer) -> "Guided":
        if self.question is None:
            return self
        given = {**self.given, self.question.id: answer}
        ordered = tuple((question.id, given[question.id]) for question in QUESTIONS if question.id in given)
        return self._replace(answers=ordered, place=self.place + 1)
