"""The guided questions at the terminal, line by line; the same through a pipe."""

import io
import sys
from collections.abc import Iterator

from studio.analysis import Analysis
from studio.asking.first_design import FirstDesign, open_questions
from studio.asking.guided import Guided
from studio.asking.questions import QUESTIONS, Question
from studio.cli.frame.terminal import talk
from studio.errors import TenfoldError

BACK = "<"
OPEN = "?"
MANUAL = f"""\
{len(QUESTIONS)} questions. Enter takes what stands in brackets, as an assumption; {OPEN} leaves a question open;
{BACK} goes back; Ctrl+C leaves, and nothing is written. Any number may be a range: [low, high]."""
"""What is said before the first question."""


def asked(guided: Guided) -> Guided:
    """Asks until all is answered; where the input ends, the rest takes its defaults.

    A wrong answer is told and asked for again; where nobody is there to answer again, through a pipe, it raises
    `TenfoldError`. Ctrl+C goes on its way once it was told what becomes of the answers.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    talk(MANUAL)
    topic = ""
    try:
        while (question := guided.question) is not None:
            if question.topic != topic:
                topic = question.topic
                talk(f"\n{topic}")
            for line in _shown(question, guided):
                talk(line)
            typed = sys.stdin.readline()
            if not typed:
                left = len(QUESTIONS) - guided.place
                talk(f"the input ends here; {left} question{'' if left == 1 else 's'} took the defaults")
                return guided.finished()
            guided = _with(guided, question, typed.strip())
    except KeyboardInterrupt:
        number = sum(answer.manner == "said" for _, answer in guided.answers)
        talk(f"\nleft: nothing is written, {number} answer{'' if number == 1 else 's'} dropped")
        raise
    return guided


def _shown(question: Question, guided: Guided) -> Iterator[str]:
    before = guided.given.get(question.id)
    default = f" [{question.default}]" if question.default else ""
    several = "; several with ; between them" if question.several else ""
    example = f" such as: {question.example}" if question.example else ""
    yield f"{guided.place + 1}. {question.ask}{default}"
    yield f"   {question.why}{f' ({example.strip()}{several})' if example or several else ''}"
    if before is not None and before.text:
        yield f"   so far: {before.text}"


def _with(guided: Guided, question: Question, typed: str) -> Guided:
    try:
        if typed == BACK:
            return guided.back()
        return guided.left_open() if typed == OPEN else guided.answered(typed)
    except TenfoldError as error:
        if not sys.stdin.isatty():
            what = f"answer {guided.place + 1} ({question.id}): {error}; nothing is written"
            raise TenfoldError(what) from None
        talk(f"   ✗ {error}")
        return guided


def closing(found: FirstDesign, analysis: Analysis) -> Iterator[str]:
    """What was drawn and why not more, and what to answer next."""
    for component in found.design.components:
        yield f"+ {component.label}: {component.why}"
    yield from (f"· {reason}" for reason in found.left_out)
    yield "open:"
    yield from (f"  ? {question}" for question in open_questions(analysis))
