"""The chat loop: reads lines, answers them, and knows nothing of models, libraries or terminals."""

from __future__ import annotations

import difflib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.render.answers import AnswerText, notes_text, sources_text
from assistant.render.articles import excerpt
from assistant.render.checks import since_text
from assistant.render.layout import PLAIN, Style
from assistant.render.messages import error_text
from assistant.render.terminal import for_terminal
from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from assistant.changes import Since
    from assistant.types import Citation, Event
    from index.types import Article

__all__ = ["COMMANDS", "Door", "Outcome", "handle", "print_answer", "run"]

_PROMPT = "> "
COMMANDS = {
    "/help": "what can be typed",
    "/sources": "the sources of the last answer again",
    "/open N": "the article around source N, with what is cited between » and «",
    "/reset": "forget the questions so far",
    "/quit": "leave; so do /exit and Ctrl-D",
}
_NAMES = (*(usage.split()[0] for usage in COMMANDS), "/exit")
_HELP = (
    "A line is a question; it may refer to the ones before. Ctrl-C stops an answer.\n"
    + "".join(f"  {usage:10}{what}\n" for usage, what in COMMANDS.items())
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line that is no question leads to.

    Attributes:
        text: What is printed.
        open: A citation whose article is shown.
        reset: Whether the questions so far are forgotten.
        leave: Whether the chat ends.
    """

    text: str = ""
    open: Citation | None = None
    reset: bool = False
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """The ways in and out of a chat.

    Attributes:
        ask: Answers a question; closing what it returns stops the answer.
        article: Finds the article that a citation points at.
        reset: Forgets the questions so far.
        read: Shows a prompt and returns a line; raises EOFError at the end.
        write: Prints answers.
        warn: Prints what is not part of an answer: warnings, errors and figures.
        since: Says what has become of a citation's article since; None when it is as it was.
    """

    ask: Callable[[str], Generator[Event]]
    article: Callable[[Citation], Article]
    reset: Callable[[], None]
    read: Callable[[str], str]
    write: Callable[[str], None]
    warn: Callable[[str], None]
    since: Callable[[Citation], Since | None] = lambda _: None


def handle(line: str, citations: tuple[Citation, ...], style: Style = PLAIN) -> Outcome | None:
    """What a line asks of the chat itself; None when it is a question.

    Args:
        line: The line as typed.
        citations: The sources of the last answer.
        style: How sources are laid out.
    """
    name, _, rest = line.strip().partition(" ")
    match name.lower():
        case "/quit" | "/exit" | "quit" | "exit" if not rest:
            outcome = Outcome(leave=True)
        case "/help":
            outcome = Outcome(_HELP)
        case "/reset":
            outcome = Outcome("The questions so far are forgotten.\n", reset=True)
        case "/sources":
            outcome = Outcome(sources_text(citations, style) or "There are no sources yet.\n")
        case "/open":
            outcome = _open(rest.strip().strip("[]"), citations)
        case unknown if unknown.startswith("/"):
            near = difflib.get_close_matches(unknown, _NAMES, 1)
            hint = f"did you mean {near[0]}?" if near else "/help lists what there is."
            outcome = Outcome(f"There is no command {for_terminal(name)}; {hint}\n")
        case _:
            return None
    return outcome


def _open(number: str, citations: tuple[Citation, ...]) -> Outcome:
    chosen = [citation for citation in citations if str(citation.number) == number]
    if chosen:
        return Outcome(open=chosen[0])
    if not citations:
        return Outcome("There are no sources yet.\n")
    numbers = ", ".join(str(citation.number) for citation in citations)
    return Outcome(f"/open takes the number of a source of the last answer: {numbers}.\n")


def run(door: Door, style: Style = PLAIN, *, stream: bool = True, quiet: bool = False) -> None:
    """Answers line after line until the person leaves.

    Ctrl-C stops an answer and keeps what came of it; at the prompt it clears the line, and a
    second one leaves.

    Args:
        door: The ways in and out.
        style: How answers are laid out.
        stream: Whether sentences are printed as they come.
        quiet: Whether the figures after an answer are left out.
    """
    citations: tuple[Citation, ...] = ()
    interrupted = False
    while True:
        try:
            line = door.read(_PROMPT)
        except EOFError:
            return
        except KeyboardInterrupt:
            if interrupted:
                return
            interrupted = True
            door.warn("(Ctrl-C again, or Ctrl-D, leaves.)\n")
            continue
        interrupted = False
        if not line.strip():
            continue
        outcome = handle(line, citations, style)
        if outcome is None:
            citations = _answer(door, line, style, stream=stream, quiet=quiet)
            continue
        door.write(outcome.text)
        if outcome.open:
            _show(door, outcome.open, style)
        if outcome.reset:
            door.reset()
            citations = ()
        if outcome.leave:
            return


def _answer(
    door: Door, question: str, style: Style, *, stream: bool, quiet: bool
) -> tuple[Citation, ...]:
    """Prints the answer to a question, or as much of it as comes; returns its sources."""
    text = AnswerText(style)
    try:
        print_answer(door.ask(question), text, door.write, stream=stream)
    except KeyboardInterrupt:
        door.warn("(stopped)\n")
    except DatelineError as error:
        door.warn(error_text(error))
    if text.answer is not None:
        door.warn(notes_text(text.answer, quiet=quiet))
    door.write("\n")
    return tuple(text.citations)


def print_answer(
    events: Generator[Event], text: AnswerText, write: Callable[[str], None], *, stream: bool = True
) -> None:
    """Prints an answer as its events come, or when they have all come.

    When it is interrupted or fails, what came is printed with its sources, and the error goes on.

    Raises:
        DatelineError: What the events raise.
    """
    held: list[str] = []
    put = write if stream else held.append
    try:
        with closing(events):
            for event in events:
                put(text.feed(event))
    except (KeyboardInterrupt, DatelineError):
        put(text.stop())
        raise
    finally:
        write("".join(held))


def _show(door: Door, citation: Citation, style: Style) -> None:
    try:
        article, since = door.article(citation), door.since(citation)
    except DatelineError as error:
        door.warn(error_text(error))
    else:
        door.write(excerpt(article, citation.start, citation.end, style))
        if since:
            door.write(since_text(since, citation.quote, style))
