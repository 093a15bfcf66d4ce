"""The two doors of the chat loop: the person's screen and keys, and what answers the questions."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.changes import Since
    from assistant.chats.values import ChatInfo, KeptChat
    from assistant.naming import Named
    from assistant.render.layout import Style
    from assistant.repl.scope import Scope
    from assistant.timeline import Timeline
    from assistant.types import Citation, Event, Turn
    from index.types import Article, Retrieval

__all__ = ["LineCleared", "Screen", "Talk"]


class LineCleared(KeyboardInterrupt):
    """Ctrl-C was pressed to be rid of what was typed."""


class Screen(Protocol):
    """What a person sees and types."""

    def read(self, begun: str = "") -> str:
        """A line, or several, as typed; `begun` stands there already.

        Raises:
            EOFError: When the person leaves.
            KeyboardInterrupt: When the person breaks off.
            LineCleared: When the person only wants to be rid of what was typed.
        """
        ...

    def write(self, text: str) -> None:
        """Prints answers and what commands show."""
        ...

    def warn(self, text: str) -> None:
        """Prints what is not part of an answer: warnings, errors and figures."""
        ...

    def preview(self, text: str) -> None:
        """Shows, until the next text is printed, what an answer will go on with."""
        ...

    def doing(self, what: str) -> None:
        """Says what goes on when that takes long; empty when it is over."""
        ...

    def style(self) -> Style:
        """How text is laid out now; the width may have changed."""
        ...

    def page(self, text: str, line: int = 0) -> bool:
        """Shows a text that may be long, so that a line of it, counted from 0, is seen.

        Returns:
            Whether it is gone from the screen when that is over.
        """
        ...

    def compose(self, begun: str) -> str:
        """What the person makes of a text in an editor.

        Raises:
            DatelineError: When there is no editor.
        """
        ...

    def copy(self, text: str) -> str:
        """Puts a text where other programs can paste it; says how.

        Raises:
            DatelineError: When there is no way.
        """
        ...

    def browse(self, url: str) -> None:
        """Shows an address in a browser, or in full where there is none.

        Raises:
            DatelineError: When it is no address of the web.
        """
        ...

    def now(self) -> float:
        """Seconds from any beginning."""
        ...


class Talk(Protocol):
    """What answers the questions of a chat and keeps them.

    Every method may raise a `DatelineError`.
    """

    @property
    def scope(self) -> Scope:
        """What questions are asked with."""
        ...

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions with their answers, oldest first."""
        ...

    @property
    def loaded(self) -> bool:
        """Whether all is there that an answer needs; else the next one waits for it."""
        ...

    def ask(self, question: str, *, instead: bool = False) -> Generator[Event]:
        """Answers; closing what it returns stops the answer.

        With `instead`, the question takes the place of the last one as soon as it has an answer.
        """
        ...

    def undo(self) -> None:
        """Forgets the last question and its answer."""
        ...

    def reset(self) -> None:
        """Begins a new chat."""
        ...

    def use(self, scope: Scope) -> Scope:
        """Asks with these settings from now on; returns them as they were understood."""
        ...

    def article(self, citation: Citation) -> Article:
        """The article that a citation points at, in the version it points at."""
        ...

    def named(self, name: str) -> Named:
        """The articles that words, an id, an address or a file may stand for."""
        ...

    def since(self, citation: Citation) -> Since | None:
        """What has become of a citation's article since; None when it is as it was."""
        ...

    def models(self) -> list[str]:
        """The models of the endpoint, as far as it says."""
        ...

    def more(self, number: int) -> Retrieval:
        """Passages for the last question beyond those that it was answered from."""
        ...

    def timeline(self, topic: str) -> Timeline:
        """What the articles say of a topic, day by day."""
        ...

    # chats that are kept

    def save(self, path: str, *, over: bool) -> str:
        """Writes the chat to a file; returns where that is."""
        ...

    def chats(self) -> Sequence[ChatInfo]:
        """The chats that were kept, those used last first."""
        ...

    def resume(self, which: str) -> KeptChat:
        """Goes on with a chat that was kept."""
        ...

    def rename(self, title: str) -> None:
        """Gives the chat a title."""
        ...

    def rate(self, *, good: bool, note: str) -> bool:
        """Keeps what the person thinks of the last answer; whether there is one that is kept."""
        ...

    # indexing

    def index(self, paths: Sequence[str], *, agreed: bool) -> str:
        """Begins to index, or does it; returns what is to be said of it."""
        ...

    def indexing(self) -> str:
        """How far indexing is; empty when nothing is being indexed."""
        ...

    def stop_indexing(self) -> bool:
        """Ends what is being indexed; whether there was anything."""
        ...
