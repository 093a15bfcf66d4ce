"""Calls any LlamaIndex model by whichever of its methods it has.

The interface has eight: chat or complete, at once or streamed, awaited or not. Integrations leave
some of them out, and for those who await, many answer in a way that holds up every other task.
Here both kinds of callers get a stream of responses from every model.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import aclosing, closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import UsageError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import LLM

__all__ = ["Call", "aresponses", "responses"]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Call:
    """One call of a model.

    Attributes:
        llm: The model.
        conversation: What it is sent.
        options: What it is sent besides, by the integration's names.
        streamed: Whether the reply is to come in pieces, where the model can do that.
    """

    llm: LLM
    conversation: list[ChatMessage]
    options: dict[str, Any]
    streamed: bool = True

    @property
    def methods(self) -> list[str]:
        """The methods that will do, best first; a model that lacks one says so when called."""
        names = ["stream_chat", "chat", "stream_complete", "complete"]
        return [name for name in names if self.streamed or not name.startswith("stream")]

    def start(self, name: str) -> Any:
        """Calls a method."""
        if name.endswith("chat"):
            return getattr(self.llm, name)(self.conversation, **self.options)
        assert self.llm.messages_to_prompt is not None  # LlamaIndex sets one
        prompt = self.llm.messages_to_prompt(self.conversation)
        return getattr(self.llm, name)(prompt, formatted=True, **self.options)

    def blocks(self, name: str) -> bool:
        """Whether a method is LlamaIndex's stand-in, which answers without ever awaiting."""
        from llama_index.core.llms import CustomLLM  # noqa: PLC0415 - heavy

        return next(kind for kind in type(self.llm).__mro__ if name in vars(kind)) is CustomLLM


class _NoMethod(Exception):
    """The model has no method of the kind."""


def responses(call: Call) -> Generator[ChatResponse]:
    """The responses of a model, as they come.

    Raises:
        UsageError: When the model has no method that can be called.
    """
    try:
        with closing(_called(call)) as called:
            yield from called
    except _NoMethod:
        with closing(_from_loop(call)) as awaited:
            yield from awaited


async def aresponses(call: Call) -> AsyncGenerator[ChatResponse]:
    """`responses` for callers that await, who are not held up by a model that blocks.

    Raises:
        UsageError: When the model has no method that can be called.
    """
    try:
        async with aclosing(_awaited(call)) as awaited:
            async for response in awaited:
                yield response
    except _NoMethod:
        async with aclosing(_from_thread(call)) as called:
            async for response in called:
                yield response


def _called(call: Call) -> Generator[ChatResponse]:
    for name in call.methods:
        with closing(_one_way(call, name)) as answered:
            try:
                first = next(answered, None)  # by now a method has said whether it is there
            except NotImplementedError:
                continue
            if first is not None:
                yield first
                yield from answered
            return
    raise _NoMethod


def _one_way(call: Call, name: str) -> Generator[ChatResponse]:
    answered = call.start(name)
    if not name.startswith("stream"):
        yield _as_response(answered)
        return
    try:
        for response in answered:
            yield _as_response(response)
    finally:
        if hasattr(answered, "close"):
            answered.close()


async def _awaited(call: Call) -> AsyncGenerator[ChatResponse]:
    for name in call.methods:
        if call.blocks(f"a{name}"):
            continue
        async with aclosing(_one_awaited_way(call, f"a{name}")) as answered:
            try:
                first = await anext(answered, None)
            except NotImplementedError:
                continue
            if first is not None:
                yield first
                async for response in answered:
                    yield response
            return
    raise _NoMethod


async def _one_awaited_way(call: Call, name: str) -> AsyncGenerator[ChatResponse]:
    answered = await call.start(name)
    if not name.startswith("astream"):
        yield _as_response(answered)
        return
    try:
        async for response in answered:
            yield _as_response(response)
    finally:
        if hasattr(answered, "aclose"):
            await answered.aclose()


def _as_response(answered: Any) -> ChatResponse:
    """A response, of a chat or to a text that was to be completed."""
    from llama_index.core.base.llms.types import (  # noqa: PLC0415 - heavy
        ChatMessage,
        ChatResponse,
        CompletionResponse,
        MessageRole,
    )

    if not isinstance(answered, CompletionResponse):
        response: ChatResponse = answered
        return response
    return ChatResponse(
        message=ChatMessage(role=MessageRole.ASSISTANT, content=answered.text),
        delta=answered.delta,
        raw=answered.raw,
        additional_kwargs=answered.additional_kwargs,
    )


def _from_loop(call: Call) -> Generator[ChatResponse]:
    """The responses of a model that can only be awaited; its loop runs in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="dateline-model", daemon=True)
    thread.start()
    context = contextvars.copy_context()

    def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
        scheduled = context.run(asyncio.run_coroutine_threadsafe, coroutine, loop)
        try:
            return scheduled.result()
        except BaseException:
            scheduled.cancel()
            raise

    async def following() -> ChatResponse | None:
        return await anext(awaited, None)

    async def close() -> None:
        await awaited.aclose()
        await loop.shutdown_asyncgens()

    awaited = _awaited(call)
    try:
        while (response := run(following())) is not None:
            yield response
    except _NoMethod:
        raise UsageError(
            f"the model {call.llm.metadata.model_name!r} can neither chat nor complete",
            help="hand in a model that has `chat`, `complete` or one of their other forms",
        ) from None
    finally:
        run(close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _from_thread(call: Call) -> AsyncGenerator[ChatResponse]:
    """The responses of a model that blocks, from a thread.

    Who stops reading leaves the thread behind, which hangs up as soon as the model says the next
    word; it cannot be stopped before.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[ChatResponse | BaseException | None] = asyncio.Queue()
    stopped = threading.Event()

    def put(item: ChatResponse | BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop is closed, and so nobody waits
            loop.call_soon_threadsafe(queue.put_nowait, item)

    def pump() -> None:
        try:
            with closing(responses(call)) as answered:
                for response in answered:
                    if stopped.is_set():
                        return
                    put(response)
            put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            put(error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(pump,), name="dateline-model", daemon=True).start()
    try:
        while (item := await queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
