"""Spans and events for LlamaIndex's instrumentation, where somebody listens to it.

Whoever listens has imported LlamaIndex; so long as nobody has, nothing is imported for it, and a
question pays for a look into a dictionary. A question is one span; finding passages is a span in
it, and so is what LlamaIndex's own models report. Each sentence that was checked is an event.
"""

from __future__ import annotations

import inspect
import sys
import uuid
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping
from contextlib import aclosing, closing, contextmanager
from typing import TYPE_CHECKING, Any

from assistant.types import Event, Finished, SentenceReady

if TYPE_CHECKING:
    from index.types import Retrieval

__all__ = ["Span", "aspanned", "is_listened_to", "retrieving", "spanned"]


def is_listened_to() -> bool:
    """Whether anybody has a handler for spans or events."""
    instrumentation = sys.modules.get("llama_index_instrumentation")
    if instrumentation is None:
        return False
    dispatchers = [instrumentation.get_dispatcher(name) for name in ("root", __name__)]
    handlers = (h for d in dispatchers for h in (*d.span_handlers, *d.event_handlers))
    return any(not type(handler).__name__.startswith("Null") for handler in handlers)


class Span:
    """One span; nothing at all when nobody listens as it begins.

    Args:
        name: What is being done.
        instance: What does it.
        arguments: What it is done with.
    """

    def __init__(self, name: str, instance: object, /, **arguments: object) -> None:
        self._id = ""
        if is_listened_to():
            self._id = f"{type(instance).__name__}.{name}-{uuid.uuid4()}"
            self._enter(instance, arguments)

    def _enter(self, instance: object, arguments: dict[str, object]) -> None:
        from llama_index_instrumentation import get_dispatcher  # noqa: PLC0415 - see above
        from llama_index_instrumentation.span import active_span_id  # noqa: PLC0415 - likewise

        self._dispatcher = get_dispatcher(__name__)
        self._active = active_span_id
        bound = inspect.signature(_anything).bind(**arguments)
        self._what: dict[str, Any] = {"id_": self._id, "bound_args": bound, "instance": instance}
        self._dispatcher.span_enter(**self._what, parent_id=active_span_id.get())

    @contextmanager
    def active(self) -> Iterator[None]:
        """What begins inside the block is part of the span."""
        if not self._id:
            yield
            return
        before = self._active.get()
        self._active.set(self._id)
        try:
            yield
        finally:
            self._active.set(before)

    def report(self, happened: SentenceReady | Retrieval, query: str = "") -> None:
        """Reports what happened in the span, as an event."""
        if self._id:
            from assistant.trace_events import event_of  # noqa: PLC0415 - see above

            with self.active():
                self._dispatcher.event(event_of(happened, query))

    def done(self, result: object = None) -> None:
        """Ends the span."""
        if self._id:
            self._dispatcher.span_exit(**self._what, result=result)

    def failed(self, error: BaseException) -> None:
        """Ends the span with what it was broken off by."""
        if self._id:
            self._dispatcher.span_drop(**self._what, err=error)


def _anything(**_: object) -> None:
    """Its signature binds whatever something is done with."""


@contextmanager
def retrieving(instance: object, query: str) -> Iterator[list[Retrieval]]:
    """A span around finding passages; what was found is put into the list that is given."""
    span, found = Span("retrieve", instance, query=query), list[Any]()
    try:
        with span.active():
            yield found
    except BaseException as error:
        span.failed(error)
        raise
    for retrieval in found:
        span.report(retrieval, query)
    span.done(found[-1] if found else None)


def spanned(
    name: str, instance: object, arguments: Mapping[str, object], events: Generator[Event]
) -> Generator[Event]:
    """The events of an answer, in a span that begins when the first is asked for."""
    span, result = Span(name, instance, **arguments), None
    try:
        with closing(events):
            while True:
                with span.active():
                    event = next(events, None)
                if event is None:
                    break
                result = _noted(span, event) or result
                yield event
    except BaseException as error:
        span.failed(error)
        raise
    span.done(result)


async def aspanned(
    name: str, instance: object, arguments: Mapping[str, object], events: AsyncGenerator[Event]
) -> AsyncGenerator[Event]:
    """`spanned` for callers that await."""
    span, result = Span(name, instance, **arguments), None
    try:
        async with aclosing(events):
            while True:
                with span.active():
                    event = await anext(events, None)
                if event is None:
                    break
                result = _noted(span, event) or result
                yield event
    except BaseException as error:
        span.failed(error)
        raise
    span.done(result)


def _noted(span: Span, event: Event) -> object:
    """Reports a sentence that was checked; returns the answer, when that is what came."""
    if isinstance(event, SentenceReady):
        span.report(event)
    return event.answer if isinstance(event, Finished) else None
