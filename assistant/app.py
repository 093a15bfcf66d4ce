"""The assistant: the one place where library, models and settings are put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Generator
from contextlib import aclosing, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from assistant.asked_with import Asking, limits_of, passed_over, refuse_unknown, settled
from assistant.chain import aanswer, answer
from assistant.chat import Chat
from assistant.chosen_model import chosen_model
from assistant.draft import Manner
from assistant.embedders import open_embedder
from assistant.extract.ahead import load_ahead
from assistant.finding import Request, afind, find, retrieve
from assistant.models import Model
from assistant.question import resolve
from assistant.settings import Settings
from assistant.settings import load as load_settings
from assistant.templates import Prompts
from assistant.timeline import Timeline
from assistant.timeline.make import make_timeline
from assistant.timeline.verify import verify_timeline
from assistant.tracing import aspanned, spanned
from assistant.types import Answer, Event, Finished, Turn
from assistant.verify import Verification, verify_answer
from index.errors import NotConfigured, WeightsMissing
from index.library import Library
from index.types import Hit, Retrieval

if TYPE_CHECKING:
    from types import TracebackType

    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import LLM

    from assistant.query_engine import AssistantQueryEngine
    from index.embed import Embedder
    from index.retriever import LibraryRetriever

__all__ = ["Assistant"]

# Passages that an answer is made from, and hits that a search gives, where nobody says otherwise.
_PASSAGES = 8
_HITS = 10
# Passages that a timeline is made from: most of what there is of a story of some weeks.
_TIMELINE = 60


class Assistant:
    """Answers questions about one library.

    Use `Assistant.open`. It may be used from several threads and tasks; it is a context manager
    that closes the library.

    Args:
        library: The library.
        model: What writes answers, or None for answers made of quotes.
        top_k: How many passages an answer is made from.
        settings: What models that are named later are opened with, and what is asked with where
            a question does not say otherwise.
        manner: How the model writes, where a question does not say otherwise.
    """

    def __init__(
        self,
        library: Library,
        model: Model | None = None,
        *,
        top_k: int = _PASSAGES,
        settings: Settings | None = None,
        manner: Manner | None = None,
    ) -> None:
        if not isinstance(library, Library):
            raise TypeError("an Assistant takes an open Library; Assistant.open(path) opens one")
        self.library = library
        self._model = model
        self._top_k = top_k
        self._settings = settings
        self._settled: Asking = settled(settings) if settings else {}
        if settings and settings.origins["top_k"] != "default":
            self._settled["k"] = settings.top_k
        self._manner = manner or Manner()

    @classmethod
    def open(
        cls,
        library: str | Path | Library | None = None,
        *,
        model: str | LLM | None = None,
        embedder: str | Embedder | BaseEmbedding | None = None,
        create: bool = True,
        rebind: bool = False,
        settings: Settings | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> Self:
        """Opens a library and what answers from it.

        Args:
            library: The library's folder, its address on a Chroma server, or the library, open,
                which the assistant then closes; None takes the one in the settings.
            model: A model's name at the OpenAI-compatible endpoint of the settings, any LlamaIndex
                `LLM`, an empty string for quotes only, or None to take the settings' model.
            embedder: `local`, a model's name at the endpoint, an embedder, or any LlamaIndex
                `BaseEmbedding`; None takes the one that the library was made with.
            create: Whether to make the library when there is none.
            rebind: Whether another embedder than the library was made with takes its place, so
                that everything has to be embedded anew, instead of being refused.
            settings: None reads them from the environment and the configuration file.
            say: Is told, in a clause, of preparations that take long.

        Raises:
            NoLibrary: When there is none and `create` is false.
            EmbedderMismatch: When the library was made with another embedder.
            NotConfigured: When a model is named and its endpoint needs a key that is not set.
            TemplateError: When a prompt of the user's own is not what it has to be.
        """
        settings = settings or load_settings({})
        manner = Manner(_prompts(settings), settings.strict, settings.judge)
        if isinstance(library, Library):
            opened = library
        else:
            place = library or settings.library
            opened = Library(place, create=create, token=settings.token_for(place))
        try:
            given = embedder or settings.embedder
            found = open_embedder(given, opened, settings, say, rebind=rebind)
            if rebind and opened.bound.fingerprint not in {"", found.fingerprint}:
                opened.rebind(found)
            opened.use(found)
            return cls(
                opened,
                chosen_model(settings.model if model is None else model, settings),
                top_k=settings.top_k or _PASSAGES,
                settings=settings,
                manner=manner,
            )
        except BaseException:
            opened.close()
            raise

    @property
    def model_name(self) -> str:
        """The model's name; empty when answers are made of quotes."""
        return self._model.name if self._model else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the library."""
        self.library.close()

    def warm_up(self) -> None:
        """Loads what the first question needs, so that it does not wait; sends nothing.

        Raises:
            DatelineError: What the first question would raise too.
        """
        self.library.warm_up()
        self._comparing()
        if self._model is not None:
            _ = self._model.llm

    # asking

    def ask(self, question: str, **asking: Unpack[Asking]) -> Answer:
        """Answers a question.

        Args:
            question: In plain words.
            asking: See `Asking`.

        Raises:
            TypeError: When a keyword is none of `Asking`.
            UsageError: When the question is empty, a day is malformed, or no article is from an
                outlet.
            EmptyLibrary: When there is nothing to answer from.
            EndpointError: When the model fails.
        """
        return _last(self.stream(question, **asking))

    def stream(
        self, question: str, *, history: tuple[Turn, ...] = (), **asking: Unpack[Asking]
    ) -> Generator[Event]:
        """Answers sentence by sentence; see `ask`.

        Args:
            question: In plain words; it may refer to the turns before.
            history: The turns before it, oldest first.
            asking: See `Asking`.

        Yields:
            `Retrieved`; with a model `Sent`, and `Writing` whenever more of a sentence has come; a
            `SentenceReady` for each sentence as soon as it is complete and checked; `Checking` when
            the model is asked once more about what it wrote; at last `Finished`. Closing the
            generator early stops the model.
        """
        return self._stream(question, asking, history)

    def chat(self, **asking: Unpack[Asking]) -> Chat:
        """Begins a chat, whose questions may refer to those before; see `ask`."""
        refuse_unknown(asking)
        return Chat(lambda question, history: self._stream(question, asking, history))

    def use(self, model: str | LLM) -> None:
        """Has another model write from now on; an empty string stands for quotes only.

        Raises:
            NotConfigured: When its endpoint needs a key that is not set.
        """
        self._model = chosen_model(model, self._settings or load_settings({}))

    def _stream(self, text: str, asking: Asking, history: tuple[Turn, ...]) -> Generator[Event]:
        asking = self._asking(asking)
        events = self._answering(self._request(text, asking, history))
        return spanned("stream", self, {"question": text, **asking}, events)

    def _answering(self, request: Request) -> Generator[Event]:
        embedder = self._comparing()
        found = find(self.library, self._model, request)
        yield from answer(self._model, found, embedder, request.manner)

    def _asking(self, given: Asking) -> Asking:
        """What is asked with: what is given, and else what the settings say."""
        refuse_unknown(given)
        return {**self._settled, **given}

    def _request(self, text: str, asking: Asking, history: tuple[Turn, ...] = ()) -> Request:
        manner = replace(
            self._manner,
            strict=asking.get("strict", self._manner.strict),
            judge=asking.get("judge", self._manner.judge),
        )
        k = asking.get("k", self._top_k)
        limits, without = limits_of(asking), passed_over(asking)
        return Request(_legible(text), limits, k, history, without, manner)

    def _query_embedder(self) -> Embedder | None:
        """What compares sentences with the question, where there is such a thing."""
        try:
            return self.library.embedder
        except (WeightsMissing, NotConfigured):
            return None

    def _comparing(self) -> Embedder | None:
        """`_query_embedder`, of which what reads begins to be loaded."""
        embedder = self._query_embedder()
        load_ahead(embedder, writes=self._model is not None)
        return embedder

    # searching

    def further(self, turn: Turn, k: int, known: Collection[str] = ()) -> Retrieval:
        """Passages for a question that was answered, beyond those that the answer is made from.

        Args:
            turn: The question and its answer.
            k: How many, at the most.
            known: The ids of other passages that are not wanted.
        """
        seen = {hit.passage.id for hit in turn.hits} | set(known)
        found = retrieve(self.library, turn.question, len(seen) + k)
        fresh = tuple(hit for hit in found.hits if hit.passage.id not in seen)
        return Retrieval(fresh[:k], found.warnings)

    def retrieve(self, query: str, **asking: Unpack[Asking]) -> Retrieval:
        """The hits for a query, with what was in the way of finding them; see `ask`."""
        asking = self._asking(asking)
        question = replace(resolve(_legible(query), limits_of(asking), self.library), parts=())
        return retrieve(self.library, question, asking.get("k", _HITS), passed_over(asking))

    def search(self, query: str, **asking: Unpack[Asking]) -> list[Hit]:
        """The hits for a query, best first; see `ask`."""
        return list(self.retrieve(query, **asking).hits)

    def timeline(self, topic: str, **asking: Unpack[Asking]) -> Timeline:
        """What the articles say of a topic, in the order in which it happened; needs no model.

        Each entry is one sentence of an article, with the day that the sentence states or, where
        it states none, that of its article. Copies and sentences that say the same of the same day
        stand once.

        Args:
            topic: What it is about, in plain words.
            asking: See `Asking`; `since` and `until` limit what happened as well as the articles.

        Raises:
            UsageError: As of `ask`.
            EmptyLibrary: When there is nothing to make it from.
        """
        asking = self._asking(asking)
        question = replace(resolve(_legible(topic), limits_of(asking), self.library), parts=())
        k, without = asking.get("k", _TIMELINE), passed_over(asking)
        return make_timeline(self.library, question, self._query_embedder(), k, without)

    # for programs that are built with LlamaIndex

    def as_retriever(self, **asking: Unpack[Asking]) -> LibraryRetriever:
        """A LlamaIndex retriever that searches as `search` does."""
        refuse_unknown(asking)
        from index.retriever import LibraryRetriever  # noqa: PLC0415 - heavy, and rarely used

        return LibraryRetriever(lambda query: self.retrieve(query, **asking))

    def as_query_engine(
        self, *, streaming: bool = False, **asking: Unpack[Asking]
    ) -> AssistantQueryEngine:
        """A LlamaIndex query engine that answers as `ask` does.

        Its responses have a source node for each citation, whose text is the quote, and the
        verdicts in their metadata.

        Args:
            streaming: Whether responses come sentence by sentence.
            asking: See `Asking`.
        """
        refuse_unknown(asking)
        from assistant.query_engine import AssistantQueryEngine  # noqa: PLC0415 - likewise

        return AssistantQueryEngine(self, asking, streaming=streaming)

    # checking again

    def verify(self, answer: Answer | Timeline) -> Verification:
        """Checks what was said before against the library as it is now, without a model."""
        if isinstance(answer, Timeline):
            return verify_timeline(answer, self.library)
        return verify_answer(answer, self.library)

    # the same for callers that await

    async def aask(self, question: str, **asking: Unpack[Asking]) -> Answer:
        """`ask` for callers that await."""
        async with aclosing(self.astream(question, **asking)) as events:
            async for event in events:
                if isinstance(event, Finished):
                    answered = event.answer
        return answered

    def astream(self, question: str, **asking: Unpack[Asking]) -> AsyncGenerator[Event]:
        """`stream` for callers that await."""
        asking = self._asking(asking)
        events = self._aanswering(self._request(question, asking))
        return aspanned("astream", self, {"question": question, **asking}, events)

    async def _aanswering(self, request: Request) -> AsyncGenerator[Event]:
        embedder = self._comparing()
        found = await afind(self.library, self._model, request)
        writes = aanswer(self._model, found, embedder, request.manner)
        async with aclosing(writes) as events:
            async for event in events:
                yield event

    async def atimeline(self, topic: str, **asking: Unpack[Asking]) -> Timeline:
        """`timeline` for callers that await."""
        return await asyncio.to_thread(lambda: self.timeline(topic, **asking))

    async def asearch(self, query: str, **asking: Unpack[Asking]) -> list[Hit]:
        """`search` for callers that await."""
        return await asyncio.to_thread(lambda: self.search(query, **asking))


def _prompts(settings: Settings) -> Prompts:
    """The prompts of the settings, looked through where some are the user's own."""
    prompts = Prompts(settings.prompts)
    if prompts.folder is not None:
        prompts.all()
    return prompts


def _legible(text: str) -> str:
    """The text without the halves of characters that a shell passes on for bytes that are none."""
    return text.encode(errors="replace").decode()


def _last(events: Generator[Event]) -> Answer:
    with closing(events):
        for event in events:
            if isinstance(event, Finished):
                answered = event.answer
    return answered
