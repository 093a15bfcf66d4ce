"""What answers the questions of a chat: the real side of the loop's second door."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.changes import Since, look_since
from assistant.chat import Chat
from assistant.naming import Named, with_title
from assistant.outlets import outlet_meant
from assistant.repl.completing import Vocabulary
from assistant.types import Citation, Event, Turn
from index.errors import DatelineError, UnknownArticle, UsageError
from index.types import Filters

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.asked_with import Asking
    from assistant.chats.values import ChatInfo, KeptChat
    from assistant.repl.indexing import Indexer
    from assistant.repl.keeping import Keeper
    from assistant.repl.scope import Scope
    from assistant.timeline import Timeline
    from index.types import Article, Retrieval

__all__ = ["LibraryTalk"]

# Passages whose articles are offered where no title has the words that were typed.
_NEAREST = 10


class Opens(Protocol):
    """What opens an assistant; see `assistant.repl.opening`."""

    def assistant(self) -> Assistant: ...

    def ready(self) -> Assistant: ...

    @property
    def loaded(self) -> bool: ...

    def load_again(self) -> None: ...


class LibraryTalk:
    """A chat about one library, which may still be opening.

    Args:
        opening: What opens the assistant, or has opened it.
        scope: What questions are asked with at first.
        given: Fields of it that win over those of the first chat that is resumed.
        models: Names the models of the endpoint.
        keeper: Makes what keeps the chat; None keeps nothing.
        indexer: What indexes meanwhile; None where nothing does.

    Attributes:
        scope: What questions are asked with; `use` changes it.
        words: What is known to complete lines with.
        title: The title that the chat was given, or empty.
    """

    def __init__(
        self,
        opening: Opens,
        scope: Scope,
        *,
        given: Mapping[str, Any] | None = None,
        models: Callable[[], list[str]] = list,
        keeper: Callable[[], Keeper] | None = None,
        indexer: Indexer | None = None,
    ) -> None:
        self._opening = opening
        self.scope = scope
        self._given = dict(given or {})
        self._models = models
        self._make_keeper = keeper
        self._indexer = indexer
        self._chat = Chat(self._answers)
        self._further: set[str] = set()
        self.words = Vocabulary()
        self.title = ""

    def _assistant(self) -> Assistant:
        return self._opening.assistant()

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self._chat.turns

    @property
    def loaded(self) -> bool:
        return self._opening.loaded

    def _answers(self, question: str, history: tuple[Turn, ...]) -> Generator[Event]:
        asking: Asking = {**self._limits(), "k": self.scope.top_k, "strict": self.scope.strict}
        yield from self._opening.ready().stream(question, history=history, **asking)

    def _limits(self) -> Asking:
        scope = self.scope
        return {
            "since": scope.since,
            "until": scope.until,
            "as_of": scope.as_of,
            "sources": scope.sources,
        }

    def ask(self, question: str, *, instead: bool = False) -> Generator[Event]:
        self._further.clear()
        before, keeper = self.turns, self._keeper
        if keeper is not None:
            keeper.asked(question, self.scope)
        try:
            with closing(self._chat.stream(question, instead=instead)) as events:
                for event in events:
                    if keeper is not None:
                        keeper.see(event)
                    yield event
        finally:
            if keeper is not None and self.turns is not before:
                keeper.answered(self.turns[-1], instead=instead)

    @cached_property
    def _keeper(self) -> Keeper | None:
        return self._make_keeper() if self._make_keeper is not None else None

    def undo(self) -> None:
        self._chat.undo()
        if self._keeper is not None:
            self._keeper.undo()

    def reset(self) -> None:
        self._chat.reset()
        self.title = ""
        if self._keeper is not None:
            self._keeper.begin()

    def use(self, scope: Scope) -> Scope:
        if scope.sources != self.scope.sources:
            scope = replace(scope, sources=tuple(map(self._outlet, scope.sources)))
        if scope.model != self.scope.model:
            self._assistant().use(scope.model)
            self._opening.load_again()
        self.scope = scope
        return scope

    def _outlet(self, name: str) -> str:
        return outlet_meant(name, self._assistant().library, in_part=True)

    def article(self, citation: Citation) -> Article:
        return self._assistant().library.article(citation.article.id, citation.article.version)

    def named(self, name: str) -> Named:
        assistant = self._assistant()
        name = name.strip("“”\"'")
        try:
            whole = self._vocabulary().ids.get(name.lower(), name)
            return Named((assistant.library.article(whole).info,))
        except UnknownArticle:
            if "/" in name:  # an address or a file
                raise
        scope = self.scope
        until = min((day for day in (scope.until, scope.as_of) if day), default=None)
        titled = with_title(
            name, assistant.library.articles(Filters(scope.since, until, scope.sources))
        )
        if titled:
            return Named(titled)
        asking: Asking = {**self._limits(), "k": _NEAREST}
        hits = self._opening.ready().search(name, **asking)
        return Named(tuple(dict.fromkeys(hit.passage.article for hit in hits)), by_title=False)

    def since(self, citation: Citation) -> Since | None:
        library = self._assistant().library
        return look_since(library, citation.article, citation.start, citation.quote)

    def models(self) -> list[str]:
        return self._models()

    def more(self, number: int) -> Retrieval:
        found = self._assistant().further(self.turns[-1], number, self._further)
        self._further.update(hit.passage.id for hit in found.hits)
        return found

    def timeline(self, topic: str) -> Timeline:
        return self._opening.ready().timeline(topic, **self._limits())

    # what lines are completed with

    def learn(self, assistant: Assistant) -> None:
        """Reads the outlets and titles of the library."""
        self.words = Vocabulary.of(assistant.library.articles())

    def _vocabulary(self) -> Vocabulary:
        if not self.words.ids:
            self.learn(self._assistant())
        return self.words

    def vocabulary(self, line: str) -> Vocabulary:
        """What is known to complete a line with; what only some lines want is looked up then."""
        if line.startswith("/model "):
            return replace(self.words, models=self._known_models)
        if line.startswith("/resume "):
            chats = ((str(chat.number), chat.title) for chat in self.chats())
            return replace(self.words, chats=tuple(chats))
        if line.startswith(("/open ", "/copy ")) and self.turns:
            places = self.turns[-1].answer.citations
            heads = ((str(place.number), place.article.heading) for place in places)
            return replace(self.words, places=tuple(heads))
        return self.words

    @cached_property
    def _known_models(self) -> tuple[str, ...]:
        try:
            return tuple(self._models())
        except DatelineError:  # it will be said when one is chosen
            return ()

    # chats that are kept

    def save(self, path: str, *, over: bool) -> str:
        from assistant.chats.saving import save_chat  # noqa: PLC0415 - the prompt does without

        file = Path(path).expanduser()
        title = self.title or " ".join(self.turns[0].question.asked.split())
        save_chat(file, title, self.turns, over=over)
        return str(file)

    def chats(self) -> Sequence[ChatInfo]:
        return self._keeper.store.chats() if self._keeper is not None else ()

    def resume(self, which: str) -> KeptChat:
        keeper = self._keeper
        if keeper is None:
            raise UsageError("no chat is kept here")
        kept = keeper.store.load(keeper.store.find(which).number)
        keeper.go_on(kept)
        self._chat = Chat(self._answers, tuple(kept.turns.values()))
        self.title = kept.info.title
        # Who answers stays: a model is only used when it was named.
        self.scope = replace(kept.scope, model=self.scope.model, **self._given)
        self._given.clear()
        return kept

    def rename(self, title: str) -> None:
        if self._keeper is None:
            raise UsageError("no chat is kept here")
        self._keeper.rename(title, self.scope)
        self.title = title

    def rate(self, *, good: bool, note: str) -> bool:
        return self._keeper is not None and self._keeper.rate(good=good, note=note)

    # indexing

    def index(self, paths: Sequence[str], *, agreed: bool) -> str:
        if self._indexer is None:
            raise UsageError("nothing can be indexed here")
        return self._indexer.begin(paths, agreed=agreed)

    def indexing(self) -> str:
        return self._indexer.so_far() if self._indexer is not None else ""

    def stop_indexing(self) -> bool:
        return self._indexer is not None and self._indexer.stop()
