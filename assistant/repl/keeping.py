"""Keeps a chat as it happens, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.chat import partial
from assistant.types import Event, Retrieved, Sent, SentenceReady, Turn, Withdrawn
from index.errors import DatelineError

if TYPE_CHECKING:
    from assistant.chats.store import ChatStore
    from assistant.chats.values import KeptChat
    from assistant.repl.scope import Scope

__all__ = ["Keeper"]


class Keeper:
    """Keeps one chat after the other.

    A chat that cannot be kept goes on all the same; that is said once.

    Args:
        store: Where chats are kept.
        warn: Is told why a chat is not kept.
    """

    def __init__(self, store: ChatStore, warn: Callable[[DatelineError], None]) -> None:
        self.store = store
        self._warn = warn
        self._works = True
        self._chat: int | None = None
        self._numbers: list[int] = []
        self._current: int | None = None
        self._retrieved: Retrieved | None = None
        self._sent: Sent | None = None
        self._ready: list[SentenceReady] = []

    def _try(self, keep: Callable[[], None]) -> None:
        if not self._works:
            return
        try:
            keep()
        except DatelineError as error:
            self._works = False
            self._warn(error)

    def begin(self) -> None:
        """Begins a new chat, which is made with its first question."""
        self._chat = None
        self._numbers = []

    def go_on(self, kept: KeptChat) -> None:
        """Goes on with a chat that was kept."""
        self._chat = kept.info.number
        self._numbers = list(kept.turns)

    def asked(self, question: str, scope: Scope) -> None:
        """Keeps a question before it is answered."""
        self._current, self._retrieved, self._sent, self._ready = None, None, None, []

        def keep() -> None:
            if self._chat is None:
                self._chat = self.store.begin(scope)
            self._current = self.store.ask(self._chat, question, scope)

        self._try(keep)

    def see(self, event: Event) -> None:
        """Keeps each sentence as it comes."""
        match event:
            case Retrieved():
                self._retrieved = event
            case Sent():
                self._sent = event
            case SentenceReady():
                self._ready.append(event)
                self._try(self._so_far)
            case Withdrawn():
                self._ready.clear()
                self._try(self._so_far)

    def _so_far(self) -> None:
        if self._retrieved is not None and self._current is not None:
            answer = partial(self._retrieved, self._sent, self._ready)
            messages = self._sent.messages if self._sent is not None else ()
            turn = Turn(self._retrieved.question, answer, self._retrieved.hits, messages)
            self.store.answer(self._current, turn)

    def answered(self, turn: Turn, *, instead: bool) -> None:
        """Keeps the answer as it is in the end; with `instead`, the one before is taken back."""
        number = self._current
        if number is None:
            return
        replaced = self._numbers.pop() if instead and self._numbers else None
        self._numbers.append(number)
        self._try(lambda: self.store.answer(number, turn, replaced))

    def undo(self) -> None:
        """Takes the last turn back."""
        if self._numbers:
            number = self._numbers.pop()
            self._try(lambda: self.store.undo(number))

    def rename(self, title: str, scope: Scope) -> None:
        """Gives the chat a title.

        Raises:
            ChatsUnusable: When it cannot be kept.
        """
        if self._chat is None:
            self._chat = self.store.begin(scope)
        self.store.rename(self._chat, title)

    def rate(self, *, good: bool, note: str) -> bool:
        """Keeps what the person thinks of the last answer; whether there is one that is kept.

        Raises:
            ChatsUnusable: When it cannot be kept.
        """
        if not self._numbers:
            return False
        self.store.rate(self._numbers[-1], good=good, note=note)
        return True
