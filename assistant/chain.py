"""The chain: from a question and what was found for it to an answer, with a model or without."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_right
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.compose import Composition
from assistant.extract import quote
from assistant.extract_leads import quote_leads
from assistant.extract_parts import quote_parts
from assistant.models import Done, Message, Model, count_messages
from assistant.question.times import asks_for_anything
from assistant.shown import Shown
from assistant.templates import load_template
from assistant.types import (
    Answer,
    Event,
    Finished,
    PromptStamp,
    Question,
    Retrieved,
    Sent,
    SentenceReady,
    Turn,
    Usage,
    Writing,
)
from index.errors import EndpointError, PromptTooLong
from index.types import Hit, Retrieval

if TYPE_CHECKING:
    from assistant.models import Piece
    from index.embed import Embedder

__all__ = ["Found", "aanswer", "answer"]

# Turns of a chat that a model is shown before the question.
_TURNS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what was found for it, and how long that took in seconds.

    `usage` is what the model was asked for until then, `shares` are the hits of each part of a
    question that has parts.
    """

    question: Question
    retrieval: Retrieval
    seconds: float
    history: tuple[Turn, ...] = ()
    usage: Usage = field(default_factory=Usage)
    shares: tuple[tuple[Hit, ...], ...] = ()


def answer(model: Model | None, found: Found, embedder: Embedder | None) -> Generator[Event]:
    """Answers, sentence by sentence; the last event is always `Finished`.

    Args:
        model: What writes the answer; None quotes the articles instead.
        found: The question and its hits.
        embedder: Compares sentences with the question where no model does; None compares words.

    Raises:
        EndpointError: When the model fails. What it wrote until then has been yielded, and an
            answer made of it, with a warning, as `Finished`.
    """
    yield Retrieved(found.question, found.retrieval.hits)
    if model is None or not found.retrieval.hits:
        yield from _without_model(found, embedder)
    else:
        yield from _with_model(model, found)


async def aanswer(
    model: Model | None, found: Found, embedder: Embedder | None
) -> AsyncGenerator[Event]:
    """`answer` for callers that await."""
    yield Retrieved(found.question, found.retrieval.hits)
    if model is None or not found.retrieval.hits:
        # Comparing sentences takes a tenth of a second, which would hold up other tasks.
        for event in await asyncio.to_thread(lambda: list(_without_model(found, embedder))):
            yield event
        return
    async with aclosing(_awith_model(model, found)) as events:
        async for event in events:
            yield event


def _with_model(model: Model, found: Found) -> Generator[Event]:
    model.prepare()
    writing = _Writing(found, model.name, model.room)
    while True:
        yield writing.sent
        try:
            with closing(model.stream(writing.messages)) as pieces:
                for piece in pieces:
                    yield from writing.feed(piece)
            break
        except PromptTooLong:
            shorter = writing.shorter(model.room)
            if shorter is None:
                raise
            writing = shorter
        except EndpointError as error:
            yield from writing.broken(error)
            raise
    yield from writing.finish()


async def _awith_model(model: Model, found: Found) -> AsyncGenerator[Event]:
    await asyncio.to_thread(model.prepare)
    writing = _Writing(found, model.name, model.room)
    while True:
        yield writing.sent
        try:
            async with aclosing(model.astream(writing.messages)) as pieces:
                async for piece in pieces:
                    for ready in writing.feed(piece):
                        yield ready
            break
        except PromptTooLong:
            shorter = writing.shorter(model.room)
            if shorter is None:
                raise
            writing = shorter
        except EndpointError as error:
            for event in writing.broken(error):
                yield event
            raise
    for event in writing.finish():
        yield event


def _quoted(found: Found, embedder: Embedder | None) -> tuple[list[SentenceReady], Answer]:
    """Quotes that answer: of each part, of a time and nothing else, or of the whole question."""
    question, hits = found.question, found.retrieval.hits
    if found.shares:
        return quote_parts(question, found.shares, embedder)
    if asks_for_anything(question):
        leads = quote_leads(question, hits)
        if leads[0]:
            return leads
    return quote(question, hits, embedder)


def _without_model(found: Found, embedder: Embedder | None) -> Iterator[Event]:
    started = time.perf_counter()
    hits = found.retrieval.hits
    # An embedder that could not be used for the search cannot be used for its hits.
    usable = embedder if any("vector" in hit.parts for hit in hits) else None
    ready, quoted = _quoted(found, usable)
    yield from ready
    timings = {"retrieve": found.seconds, "answer": time.perf_counter() - started}
    yield Finished(
        replace(
            quoted,
            warnings=(*found.retrieval.warnings, *quoted.warnings),
            usage=found.usage,
            timings=timings,
        )
    )


@dataclass
class _Writing:
    """One answer while a model writes it."""

    found: Found
    model: str
    room: int | None = None
    messages: tuple[Message, ...] = field(init=False)
    _stamp: PromptStamp = field(init=False)
    _composition: Composition = field(init=False)
    _unfinished: Writing | None = None
    _started: float = field(default_factory=time.perf_counter)
    _timings: dict[str, float] = field(default_factory=dict)
    _usage: Usage = field(init=False)
    _warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        hits = self.found.retrieval.hits
        if self.room is not None:
            counts = range(1, len(hits) + 1)
            fitting = bisect_right(
                counts, self.room, key=lambda n: count_messages(self._prompt(hits[:n]))
            )
            if fitting < len(hits):
                hits = hits[: max(1, fitting)]
                whole = len(self.found.retrieval.hits)
                self._warnings.append(f"only {len(hits)} of {whole} passages fit into the prompt")
        self._stamp = load_template("answer").stamp
        self.messages = self._prompt(hits)
        self._composition = Composition(self.found.question, hits, Shown.of(hits))
        self._timings["retrieve"] = self.found.seconds
        self._usage = self.found.usage

    def _prompt(self, hits: Sequence[Hit]) -> tuple[Message, ...]:
        question = self.found.question
        return load_template("answer").render(
            passages=Shown.of(hits).text(),
            conversation=_conversation(self.found.history),
            question=" ".join(question.asked.split()),
            as_of=question.as_of.isoformat(),
        )

    def shorter(self, room: int | None) -> _Writing | None:
        """The same with fewer passages; None when there is nothing more to leave out."""
        shorter = _Writing(self.found, self.model, room)
        fewer = count_messages(shorter.messages) < count_messages(self.messages)
        return shorter if fewer else None

    def _elapsed(self) -> float:
        return time.perf_counter() - self._started

    @property
    def sent(self) -> Sent:
        return Sent(tuple((message.role, message.content) for message in self.messages))

    def feed(self, piece: Piece) -> list[SentenceReady | Writing]:
        if isinstance(piece, Done):
            self._usage += piece.usage
            self._warnings += piece.warnings
            return []
        self._timings.setdefault("first_token", self._elapsed())
        ready: list[SentenceReady | Writing] = [*self._composition.feed(piece.text)]
        writing = self._composition.writing
        if writing and writing != self._unfinished:
            ready.append(writing)
        self._unfinished = writing
        return ready

    def finish(self) -> Iterator[Event]:
        ready, composed = self._composition.finish(
            [*self.found.retrieval.warnings, *self._warnings]
        )
        yield from ready
        yield Finished(
            replace(
                composed,
                usage=self._usage,
                prompt=self._stamp,
                model=self.model,
                timings={**self._timings, "answer": self._elapsed()},
            )
        )

    def broken(self, error: EndpointError) -> Iterator[Event]:
        """What came before an error, if anything did."""
        if "first_token" in self._timings:
            self._warnings.append(f"the answer is incomplete: {error.message}")
            self._usage += Usage(calls=1)  # how many tokens that were was not told any more
            yield from self.finish()


def _conversation(history: Sequence[Turn]) -> str:
    """The last turns, as they stand in the prompt."""
    turns = [
        f"Q: {' '.join(turn.question.asked.split())}\nA: {_plain(turn.answer)}"
        for turn in history[-_TURNS_SHOWN:]
    ]
    return "Conversation so far:\n\n" + "\n\n".join(turns) + "\n\n" if turns else ""


def _plain(answer: Answer) -> str:
    """An earlier answer without citation numbers, which would mean other sentences now."""
    return " ".join(sentence.text for sentence in answer.sentences) or answer.text
