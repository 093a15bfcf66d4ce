"""The chain: from a question and what was found for it to an answer, with a model or without."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing, closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.asking import Reply, aask, ask
from assistant.disagreement import with_disagreements
from assistant.draft import Draft, Manner
from assistant.extract import quote, quote_leads, quote_parts, usable
from assistant.found import Found
from assistant.models import Message, Model
from assistant.question.times import asks_for_anything
from assistant.types import Answer, Checking, Event, Finished, Retrieved, SentenceReady
from index.errors import EndpointError, PromptTooLong

if TYPE_CHECKING:
    from index.embed import Embedder

__all__ = ["aanswer", "answer"]


def answer(
    model: Model | None,
    found: Found,
    embedder: Embedder | None,
    manner: Manner | None = None,
) -> Generator[Event]:
    """Answers, sentence by sentence; the last event is always `Finished`.

    Args:
        model: What writes the answer; None quotes the articles instead.
        found: The question and its hits.
        embedder: Compares sentences with the question where no model does, and with the sources
            where a model cites none; None compares words.
        manner: How a model is to write.

    Raises:
        EndpointError: When the model fails. What it wrote until then has been yielded, and an
            answer made of it, with a warning, as `Finished`.
    """
    yield Retrieved(found.question, found.retrieval.hits)
    if model is None or not found.retrieval.hits:
        yield from _without_model(found, embedder)
    else:
        yield from _with_model(
            model, found, usable(embedder, found.retrieval.hits), manner or Manner()
        )


async def aanswer(
    model: Model | None,
    found: Found,
    embedder: Embedder | None,
    manner: Manner | None = None,
) -> AsyncGenerator[Event]:
    """`answer` for callers that await."""
    yield Retrieved(found.question, found.retrieval.hits)
    if model is None or not found.retrieval.hits:
        # Comparing sentences takes a tenth of a second, which would hold up other tasks.
        for event in await asyncio.to_thread(lambda: list(_without_model(found, embedder))):
            yield event
        return
    writes = _awith_model(model, found, usable(embedder, found.retrieval.hits), manner or Manner())
    async with aclosing(writes) as events:
        async for event in events:
            yield event


def _with_model(
    model: Model, found: Found, embedder: Embedder | None, manner: Manner
) -> Generator[Event]:
    model.prepare()
    draft = Draft(found, model.name, embedder, manner, model.room)
    with closing(_written(model, draft)) as events:
        yield from events
    yield from draft.end()
    messages = draft.repair()
    if messages:
        yield Checking("mend")
    yield from draft.mend(_try(model, messages) if messages else None)
    messages = draft.ask_judge()
    if messages:
        yield Checking("judge")
        draft.take_judgements(_try(model, messages))
    yield draft.finished()


def _written(model: Model, draft: Draft) -> Generator[Event]:
    """What the model writes, as it comes."""
    while True:
        yield draft.sent
        try:
            with closing(model.stream(draft.messages)) as pieces:
                for piece in pieces:
                    yield from draft.feed(piece)
        except PromptTooLong:
            if not draft.shorten(model.room):
                raise
        except EndpointError as error:
            yield from _broken(draft, error)
            raise
        else:
            return


async def _awith_model(
    model: Model, found: Found, embedder: Embedder | None, manner: Manner
) -> AsyncGenerator[Event]:
    await asyncio.to_thread(model.prepare)
    draft = Draft(found, model.name, embedder, manner, model.room)
    async with aclosing(_awritten(model, draft)) as events:
        async for event in events:
            yield event
    for ready in draft.end():
        yield ready
    messages = draft.repair()
    if messages:
        yield Checking("mend")
    for mended in draft.mend(await _atry(model, messages) if messages else None):
        yield mended
    messages = draft.ask_judge()
    if messages:
        yield Checking("judge")
        draft.take_judgements(await _atry(model, messages))
    yield draft.finished()


async def _awritten(model: Model, draft: Draft) -> AsyncGenerator[Event]:
    while True:
        yield draft.sent
        try:
            async with aclosing(model.astream(draft.messages)) as pieces:
                async for piece in pieces:
                    for event in draft.feed(piece):
                        yield event
        except PromptTooLong:
            if not draft.shorten(model.room):
                raise
        except EndpointError as error:
            for left in _broken(draft, error):
                yield left
            raise
        else:
            return


def _broken(draft: Draft, error: EndpointError) -> Iterator[Event]:
    """What there is of an answer whose model failed, if anything is."""
    if draft.broken(error):
        yield from draft.end()
        yield from draft.mend()
        yield draft.finished()


def _try(model: Model, messages: tuple[Message, ...]) -> Reply | EndpointError:
    """A reply that the answer can do without."""
    try:
        return ask(model, messages)
    except EndpointError as error:
        return error


async def _atry(model: Model, messages: tuple[Message, ...]) -> Reply | EndpointError:
    try:
        return await aask(model, messages)
    except EndpointError as error:
        return error


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
    ready, quoted = _quoted(found, usable(embedder, found.retrieval.hits))
    yield from ready
    quoted = with_disagreements(quoted, found.retrieval.hits)
    timings = {"retrieve": found.seconds, "answer": time.perf_counter() - started}
    yield Finished(
        replace(
            quoted,
            warnings=(*found.retrieval.warnings, *quoted.warnings),
            usage=found.usage,
            timings=timings,
        )
    )
