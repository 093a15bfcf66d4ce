"""What answers the questions of a chat: the real side of the loop's second door."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.changes import Since, look_since
from assistant.chat import Chat
from assistant.repl.completing import Vocabulary
from assistant.types import Citation, Event, Turn
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.app import Asking, Assistant
    from assistant.repl.scope import Scope
    from index.types import Article, Retrieval

__all__ = ["LibraryTalk"]


class LibraryTalk:
    """A chat about one library, which may still be opening.

    Args:
        assistant: The assistant; waits for it.
        scope: What questions are asked with at first.
        models: Names the models of the endpoint.

    Attributes:
        scope: What questions are asked with; `use` changes it.
        words: What is known to complete lines with.
    """

    def __init__(
        self,
        assistant: Callable[[], Assistant],
        scope: Scope,
        models: Callable[[], list[str]] = list,
    ) -> None:
        self._assistant = assistant
        self.scope = scope
        self._models = models
        self._chat = Chat(self._answers)
        self._further: set[str] = set()
        self.words = Vocabulary()

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self._chat.turns

    def _answers(self, question: str, history: tuple[Turn, ...]) -> Generator[Event]:
        scope = self.scope
        asking: Asking = {
            "since": scope.since,
            "until": scope.until,
            "as_of": scope.as_of,
            "sources": scope.sources,
            "k": scope.top_k,
        }
        yield from self._assistant().stream(question, history=history, **asking)

    def ask(self, question: str, *, instead: bool = False) -> Generator[Event]:
        self._further.clear()
        return self._chat.stream(question, instead=instead)

    def undo(self) -> None:
        self._chat.undo()

    def reset(self) -> None:
        self._chat.reset()

    def use(self, scope: Scope) -> Scope:
        if scope.sources != self.scope.sources:
            scope = replace(scope, sources=tuple(map(self._outlet, scope.sources)))
        if scope.model != self.scope.model:
            self._assistant().use(scope.model)
        self.scope = scope
        return scope

    def _outlet(self, name: str) -> str:
        """The outlet's own spelling.

        Raises:
            UsageError: When the library has no article of it.
        """
        known = {outlet.lower(): outlet for outlet in self._vocabulary().outlets}
        if name.lower() in known:
            return known[name.lower()]
        near = difflib.get_close_matches(name.lower(), known, 1)
        within = [outlet for lower, outlet in known.items() if name.lower() in lower]
        hint = known[near[0]] if near else next(iter(within), "")
        raise UsageError(
            f"no article is from “{name}”", help=f"did you mean {hint}?" if hint else ""
        )

    def article(self, citation: Citation) -> Article:
        return self._assistant().library.article(citation.article.id, citation.article.version)

    def named(self, name: str) -> Article:
        library = self._assistant().library
        lower = name.strip("“”\"'").lower()
        return library.article(self._vocabulary().ids.get(lower, name))

    def since(self, citation: Citation) -> Since | None:
        library = self._assistant().library
        return look_since(library, citation.article, citation.start, citation.quote)

    def models(self) -> list[str]:
        return self._models()

    def more(self, number: int) -> Retrieval:
        found = self._assistant().further(self.turns[-1], number, self._further)
        self._further.update(hit.passage.id for hit in found.hits)
        return found

    def learn(self, assistant: Assistant) -> None:
        """Reads the outlets and titles of the library, so that lines can be completed."""
        self.words = Vocabulary.of(assistant.library.articles())

    def _vocabulary(self) -> Vocabulary:
        if not self.words.ids:
            self.learn(self._assistant())
        return self.words
