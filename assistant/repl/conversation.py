"""A chat in a terminal or over pipes: the loop with the real ends of its two doors."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from assistant.errors import DatelineError
from assistant.jsonform import answer_to_json, dumps
from assistant.program import style_for, warn
from assistant.progress import ProgressLine
from assistant.render.layout import fitted, indented
from assistant.render.messages import error_text
from assistant.render.terminal import for_terminal
from assistant.repl.actions import Resume
from assistant.repl.completing import files, offers
from assistant.repl.facts import Facts
from assistant.repl.indexing import Indexer
from assistant.repl.loop import run
from assistant.repl.opening import Opening
from assistant.repl.scope import Scope
from assistant.repl.talk import LibraryTalk
from assistant.settings import history_file, state_folder
from assistant.terminal.screen import TerminalScreen, piped_line, typed_line
from index.address import is_server

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.chat import Chat
    from assistant.cost import Tariff
    from assistant.render.layout import Style
    from assistant.repl.completing import Offer
    from assistant.repl.keeping import Keeper
    from assistant.settings import Settings
    from assistant.terminal.editor import LineEditor
    from index.library import Library
    from index.types import Progress

__all__ = ["converse", "converse_in_json"]

# Seconds that leaving waits for what goes on in the background.
_PATIENCE = 3.0

# Opens the assistant; it is given what tells of preparations that take long.
Make = Callable[[Callable[[str], None]], "Assistant"]


def converse(settings: Settings, make: Make, resume: str | None = None) -> None:
    """Talks until the person leaves or standard input ends.

    Args:
        settings: What the chat begins with.
        make: Opens the assistant.
        resume: A chat to go on with, by its number or words of its title, or empty for the last
            one; None begins a new one.

    Raises:
        DatelineError: When the assistant cannot be opened.
    """
    if sys.stdin.isatty() and sys.stdout.isatty() and settings.terminal.moves:
        _Edited(settings, make).run(resume)
    else:
        _Plain(settings, make).run(resume)


class _Conversation:
    """What a chat is made of, whatever it is typed into."""

    def __init__(self, settings: Settings, make: Make) -> None:
        self.settings = settings
        self.facts = Facts(settings.library)
        self.opening = Opening(lambda: make(self.say), _warm_up, self.steps(), self.failed)
        self.indexer = Indexer(
            lambda: self.opening.assistant().library,
            settings.web,
            self.tariff,
            tell=self.indexed,
            moved=self.refresh,
            shown=self.listener(),
        )
        self.talk = LibraryTalk(
            self.opening,
            _scope(settings),
            given=_given(settings),
            models=self.models,
            keeper=self.keeper,
            indexer=self.indexer,
        )

    def steps(self) -> tuple[Callable[[Assistant], None], ...]:
        """What is done in the background once answers can be given, in the order of its use."""
        return ()

    def listener(self) -> Callable[[Progress], None] | None:
        """What shows how far indexing is, where that cannot go on in the background."""
        return None

    def say(self, what: str) -> None:
        """Tells of what takes long."""
        if not self.settings.quiet:
            warn(f"{what}\n")

    def failed(self, error: DatelineError) -> None:
        """Is told, in the background, why the library could not be opened."""

    def indexed(self, said: str) -> None:
        """Is told, in the background, how indexing ended."""

    def refresh(self) -> None:
        """Is told, in the background, that something changed."""

    def models(self) -> list[str]:
        from assistant.models import offered_models  # noqa: PLC0415 - heavy

        return offered_models(self.settings.endpoint())

    def tariff(self, library: Library) -> Tariff | None:
        from assistant.cost import tariff_of  # noqa: PLC0415 - rarely needed

        return tariff_of(library.embedder, self.settings)

    def keeper(self) -> Keeper:
        from assistant.chats.store import ChatStore, chats_file  # noqa: PLC0415 - heavy
        from assistant.repl.keeping import Keeper  # noqa: PLC0415 - likewise

        file = chats_file(self.settings.library, state_folder())
        return Keeper(ChatStore(file), lambda error: warn(f"note: {error_text(error)}"))

    def style(self) -> Style:
        return style_for(self.settings, sys.stdout)

    def greet(self) -> None:
        """Says who answers."""
        if not self.settings.quiet:
            who = self.settings.model or "quotes from the articles"
            hello = f"Answers by {for_terminal(who)}. /help lists commands; Ctrl-D leaves."
            warn(indented(hello, self.style().width) + "\n")

    def loop(self, screen: TerminalScreen, first: Resume | None) -> None:
        """Talks, and gives the terminal back as it was."""
        settings = self.settings
        with _ending_orderly():
            try:
                run(
                    self.talk,
                    screen,
                    first=first,
                    stream=not settings.no_stream,
                    quiet=settings.quiet,
                )
            finally:
                screen.close()


class _Plain(_Conversation):
    """Over pipes, and at a terminal that does no more than show letters."""

    def listener(self) -> Callable[[Progress], None] | None:
        line = ProgressLine(sys.stderr, live=sys.stderr.isatty())
        return (lambda _: None) if self.settings.quiet else line

    def run(self, resume: str | None) -> None:
        # What is wrong is better said before anything is typed.
        name = self.opening.assistant().model_name
        self.talk.scope = replace(self.talk.scope, model=name)
        by_hand = sys.stdin.isatty()
        if resume is not None:
            self.talk.resume(resume)
        if by_hand:
            self.opening.begin()
            self.greet()
        read = typed_line if by_hand else piped_line
        screen = TerminalScreen(read, self.style, self.settings.terminal, by_hand=by_hand)
        self.loop(screen, None)
        if not self.opening.close():
            _leave_at_once()


class _Edited(_Conversation):
    """At a terminal where lines can be edited; everything heavy comes after the prompt."""

    def __init__(self, settings: Settings, make: Make) -> None:
        super().__init__(settings, make)
        self.editor: LineEditor | None = None

    def run(self, resume: str | None) -> None:
        from assistant.terminal.editor import LineEditor  # noqa: PLC0415 - pipes do without

        settings = self.settings
        if not _seems_there(settings.library):
            self.opening.assistant()  # what is wrong is better said before anything is typed
        self.editor = editor = LineEditor(
            history_file(),
            self.offers,
            self.bar,
            vi=settings.editing == "vi",
            depth=settings.terminal.depth,
            begin=self.opening.begin,
            write=warn,
        )
        self.greet()
        screen = TerminalScreen(editor.read, self.style, settings.terminal, by_hand=True)
        try:
            self.loop(screen, None if resume is None else Resume(resume))
        finally:
            # One who presses Ctrl-C again means what happens already.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if not (self.indexer.close(_PATIENCE) and self.opening.close()):
            _leave_at_once()

    def steps(self) -> tuple[Callable[[Assistant], None], ...]:
        return (self.count, self.learn)

    def learn(self, assistant: Assistant) -> None:
        self.talk.learn(assistant)

    def count(self, assistant: Assistant) -> None:
        self.facts.count(assistant)
        self.facts.preparing = ""
        self.refresh()

    def say(self, what: str) -> None:
        self.facts.preparing = what
        self.refresh()

    def failed(self, error: DatelineError) -> None:
        if self.editor is not None:
            self.editor.leave(error)

    def indexed(self, said: str) -> None:
        if self.editor is not None:
            self.editor.say(fitted(said, self.style().width))
        opened = self.opening.opened
        if opened is not None:
            self.learn(opened)
            self.count(opened)

    def refresh(self) -> None:
        if self.editor is not None:
            self.editor.refresh()

    def offers(self, line: str) -> list[Offer]:
        return offers(line, self.talk.vocabulary(line), files)

    def bar(self, width: int) -> str:
        talk = self.talk
        return self.facts.bar(talk.scope, talk.turns, self.indexer.so_far(), width)


def _scope(settings: Settings) -> Scope:
    return Scope(
        settings.since,
        settings.until,
        settings.as_of,
        settings.source,
        settings.top_k,
        settings.model,
        settings.strict,
    )


def _given(settings: Settings) -> dict[str, Any]:
    """The settings that were typed with the command; they win over those of a chat resumed."""
    names = {"since": "since", "until": "until", "as_of": "as_of", "source": "sources"}
    names |= {"top_k": "top_k", "strict": "strict"}
    return {
        field: getattr(settings, name)
        for name, field in names.items()
        if settings.origins[name].startswith("--")
    }


def _seems_there(library: Path | str) -> bool:
    """Whether opening a library will most likely work, without the cost of finding out."""
    return is_server(library) or (Path(library).expanduser() / "catalog.sqlite3").exists()


def _warm_up(assistant: Assistant) -> None:
    assistant.warm_up()


@contextmanager
def _ending_orderly() -> Iterator[None]:
    """When the program is told to end, what has to be given back is."""

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
    """Ends below a thread that is busy with what is not needed any more, and that loses nothing."""
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
