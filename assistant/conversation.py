"""A chat in a terminal or over pipes: the loop of `assistant.repl` with its real ends."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from assistant.changes import Since, look_since
from assistant.errors import DatelineError
from assistant.jsonform import answer_to_json, dumps
from assistant.render.terminal import for_terminal
from assistant.repl import COMMANDS, Door, run
from assistant.settings import history_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assistant.app import Assistant
    from assistant.chat import Chat
    from assistant.program import Opened
    from assistant.types import Citation
    from index.types import Article

__all__ = ["converse", "converse_in_json"]

_HISTORY_LINES = 1000


def converse(
    chat: Chat, opened: Opened, write: Callable[[str], None], warn: Callable[[str], None]
) -> None:
    """Talks until the person leaves or standard input ends."""
    assistant, settings = opened.assistant, opened.settings
    by_hand = sys.stdin.isatty()

    def article(citation: Citation) -> Article:
        return assistant.library.article(citation.article.id, citation.article.version)

    def since(citation: Citation) -> Since | None:
        return look_since(assistant.library, citation.article, citation.start, citation.quote)

    def by_keyboard(prompt: str) -> str:
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            warn("\n")  # what comes next begins on a line of its own
            raise

    door = Door(
        ask=chat.stream,
        article=article,
        reset=chat.reset,
        read=by_keyboard if by_hand else _piped,
        write=write,
        warn=warn,
        since=since,
    )
    stream, quiet = not settings.no_stream, settings.quiet
    if not by_hand:
        run(door, opened.style, stream=stream, quiet=quiet)
        return
    loading = threading.Thread(target=_warm_up, args=[assistant])
    loading.start()
    if not quiet:
        who = assistant.model_name or "quotes from the articles"
        warn(f"Answers by {for_terminal(who)}. /help lists commands; Ctrl-D leaves.\n")
    try:
        with _line_editing(history_file()):
            run(door, opened.style, stream=stream, quiet=quiet)
    finally:
        # The library must not be closed, nor the interpreter end, below a thread that loads it.
        loading.join()


def _warm_up(assistant: Assistant) -> None:
    """Loads what the first answer needs while the person types; errors come back with it."""
    with suppress(DatelineError):
        assistant.warm_up()


def _piped(_: str) -> str:
    """A line of standard input when nobody types there, so that no prompt is shown."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def converse_in_json(chat: Chat, questions: TextIO, write: Callable[[str], None]) -> None:
    """Answers a question a line with an object a line; blank lines are passed over.

    Raises:
        DatelineError: The first error ends it.
    """
    for question in questions:
        if question.strip():
            write(dumps(answer_to_json(chat.ask(question.strip())), indent=None) + "\n")


@contextmanager
def _line_editing(history: Path) -> Iterator[None]:
    """Editing, Ctrl-R and tab completion of commands, with a history that is kept."""
    try:
        import readline  # noqa: PLC0415 - not on every platform
    except ImportError:
        yield
        return
    names = [usage.split()[0] for usage in COMMANDS]

    def complete(text: str, state: int) -> str | None:
        return [*(name for name in names if name.startswith(text or " ")), None][state]

    before = readline.get_completer_delims()
    readline.set_completer_delims(" ")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    readline.set_history_length(_HISTORY_LINES)
    with suppress(OSError):  # there is none yet, or it cannot be read
        readline.read_history_file(history)
    try:
        yield
    finally:
        readline.set_completer(None)
        readline.set_completer_delims(before)
        with suppress(OSError):  # a history that cannot be kept is no reason to fail
            history.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(history)
