"""A chat in a terminal or over pipes: the loop with the real ends of its two doors."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from assistant.errors import DatelineError
from assistant.jsonform import answer_to_json, dumps
from assistant.program import style_for, warn
from assistant.render.chat import bar_text, limits_text, who_text
from assistant.render.layout import indented
from assistant.render.terminal import counted, for_terminal
from assistant.repl.completing import files, offers
from assistant.repl.loop import run
from assistant.repl.opening import Opening
from assistant.repl.scope import Scope
from assistant.repl.talk import LibraryTalk
from assistant.settings import history_file
from assistant.terminal.screen import TerminalScreen, piped_line, typed_line
from assistant.types import Usage
from index.address import is_server

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.app import Assistant
    from assistant.chat import Chat
    from assistant.render.layout import Style
    from assistant.repl.completing import Offer
    from assistant.settings import Settings
    from assistant.terminal.editor import LineEditor

__all__ = ["converse", "converse_in_json"]


def converse(settings: Settings, make: Callable[[Callable[[str], None]], Assistant]) -> None:
    """Talks until the person leaves or standard input ends.

    Args:
        settings: What the chat begins with.
        make: Opens the assistant; it is given what tells of preparations that take long.

    Raises:
        DatelineError: When the assistant cannot be opened.
    """
    _Conversation(settings, make).run()


class _Conversation:
    def __init__(
        self, settings: Settings, make: Callable[[Callable[[str], None]], Assistant]
    ) -> None:
        self.settings = settings
        self.preparing = ""
        self.articles = self.vectors = ""
        self.editor: LineEditor | None = None
        self.opening = Opening(
            lambda: make(self.say), (self.learn, self.count, _warm_up), self.failed
        )
        self.talk = LibraryTalk(self.opening.assistant, _scope(settings), self.models)

    def run(self) -> None:
        by_hand = sys.stdin.isatty()
        edited = by_hand and sys.stdout.isatty() and self.settings.terminal.moves
        if not edited or not _seems_there(self.settings.library):
            # What is wrong is better said before anything is typed.
            name = self.opening.assistant().model_name
            self.talk.scope = replace(self.talk.scope, model=name)
        read: Callable[[str], str] = piped_line
        if edited:
            self.editor = self.make_editor()
            read = self.editor.read
        elif by_hand:
            self.opening.begin()
            read = typed_line
        screen = TerminalScreen(read, self.style, self.settings.terminal, by_hand=by_hand)
        if by_hand and not self.settings.quiet:
            who = self.settings.model or "quotes from the articles"
            hello = f"Answers by {for_terminal(who)}. /help lists commands; Ctrl-D leaves."
            warn(indented(hello, self.style().width) + "\n")
        with _ending_orderly():
            try:
                stream, quiet = not self.settings.no_stream, self.settings.quiet
                run(self.talk, screen, self.talk.scope, stream=stream, quiet=quiet)
            finally:
                if by_hand:  # one who presses Ctrl-C again means what happens already
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
                screen.close()
        if not self.opening.close():
            _leave_at_once()

    def make_editor(self) -> LineEditor:
        from assistant.terminal.editor import LineEditor  # noqa: PLC0415 - pipes do without

        return LineEditor(
            history_file(),
            self.offers,
            self.bar,
            vi=self.settings.editing == "vi",
            depth=self.settings.terminal.depth,
            begin=self.opening.begin,
        )

    # what happens in the background

    def say(self, what: str) -> None:
        """Tells of what takes long: in the line of facts, where there is one."""
        self.preparing = what
        if self.editor is not None:
            self.editor.refresh()
        elif not self.settings.quiet:
            warn(f"{what}\n")

    def failed(self, error: DatelineError) -> None:
        if self.editor is not None:
            self.editor.leave(error)

    def count(self, assistant: Assistant) -> None:
        held = assistant.library.status()
        share = held.vectors / held.passages if held.passages else 1.0
        self.articles, self.vectors = (
            counted(held.articles, "articles"),
            f"{share:.0%} with vectors",
        )
        self.say("")

    def learn(self, assistant: Assistant) -> None:
        self.talk.learn(assistant)

    def models(self) -> list[str]:
        from assistant.models import list_models  # noqa: PLC0415 - heavy

        return list_models(self.settings.endpoint())

    # what is shown

    def style(self) -> Style:
        return style_for(self.settings, sys.stdout)

    def offers(self, line: str) -> list[Offer]:
        return offers(line, self.talk.words, files)

    def bar(self, width: int) -> str:
        """Library, articles, who answers, limits and tokens so far."""
        scope = self.talk.scope
        parts = (
            (3, self.library_name()),
            (4, self.articles or self.preparing or "opening …"),
            (5, self.vectors),
            (1, who_text(scope)),
            (0, limits_text(scope)),
            (2, self.spent()),
        )
        return for_terminal(bar_text(parts, width))

    def library_name(self) -> str:
        place = str(self.settings.library)
        return place.rstrip("/").rpartition("/")[2] or place

    def spent(self) -> str:
        spent = sum((turn.answer.usage for turn in self.talk.turns), Usage())
        tokens = spent.prompt_tokens + spent.completion_tokens
        cost = f", ${spent.cost:.4f}" if spent.cost else ""
        return f"{counted(tokens, 'tokens')}{cost}" if tokens else ""


def _scope(settings: Settings) -> Scope:
    return Scope(
        settings.since,
        settings.until,
        settings.as_of,
        settings.source,
        settings.top_k,
        settings.model,
    )


def _seems_there(library: Path | str) -> bool:
    """Whether opening a library will most likely work, without the cost of finding out."""
    from pathlib import Path  # noqa: PLC0415 - it is imported already

    return is_server(library) or (Path(library).expanduser() / "catalog.sqlite3").exists()


def _warm_up(assistant: Assistant) -> None:
    assistant.warm_up()


@contextmanager
def _ending_orderly() -> Iterator[None]:
    """When the program is told to end, the terminal is given back as it was."""

    def end(number: int, _: Any) -> NoReturn:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave_at_once() -> NoReturn:
    """Ends below a thread that loads what is not needed any more, and that only reads."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


def converse_in_json(chat: Chat, questions: TextIO, write: Callable[[str], None]) -> None:
    """Answers a question a line with an object a line; blank lines are passed over.

    Raises:
        DatelineError: The first error ends it.
    """
    for question in questions:
        if question.strip():
            write(dumps(answer_to_json(chat.ask(question.strip())), indent=None) + "\n")
