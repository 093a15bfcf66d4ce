"""A model that is asked: it learns what it does not take, and is asked again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import aclosing, closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from assistant.models import openai_like
from assistant.models.attempts import Attempts
from assistant.models.calling import aresponses, responses
from assistant.models.messages import Message, Piece, TextPiece
from assistant.models.replies import Reply
from assistant.models.traits import Traits, TraitsFile
from assistant.prices import Price
from index.endpoint import Endpoint
from index.errors import RequestRefused, UsageError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["Model"]

# Tokens that are kept free for the reply where nobody says how many it may have: four sentences
# with their citations have two hundred.
_FOR_REPLY = 1024


class Model:
    """A language model that is made when it is first asked, since importing its client is slow.

    It may be used from several threads and event loops at once.

    Args:
        name: What it is called.
        make: Makes it.
        endpoint: What it is behind, where that is ours to know.
        window: Tokens that prompt and reply may have together; 0 where nobody has said.
        max_tokens: Tokens that a reply may have, reasoning included; 0 leaves it to the model.
        file: Where what is learned of it is kept, if anywhere.
        price: What it costs, if that is known.

    Attributes:
        name: As above, like the others.
        endpoint: Likewise.
        max_tokens: Likewise.
        price: Likewise.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], LLM],
        endpoint: Endpoint | None = None,
        *,
        window: int = 0,
        max_tokens: int = 0,
        file: TraitsFile | None = None,
        price: Price | None = None,
    ) -> None:
        self.name = name
        self.endpoint = endpoint
        self._make = make
        self._window = window
        self.max_tokens = max_tokens
        self._file = file
        self.price = price
        self._lock = threading.RLock()
        self._llm: LLM | None = None
        self._traits: Traits | None = None

    @classmethod
    def of(cls, llm: LLM) -> Self:
        """A model that somebody else made.

        Raises:
            UsageError: When its integration does not know the model's name.
        """
        try:
            name = llm.metadata.model_name
        except ValueError as error:  # LlamaIndex's `OpenAI` only knows OpenAI's names
            said = str(error).partition(". ")[0]
            raise UsageError(
                f"the model that was handed in does not know itself: {said}",
                help="LlamaIndex's `OpenAILike` takes any name, and so does `model=` as text",
            ) from error
        return cls(name, lambda: llm)

    @property
    def llm(self) -> LLM:
        """The model itself."""
        with self._lock:
            if self._llm is None:
                self._llm = self._make()
            return self._llm

    @property
    def traits(self) -> Traits:
        """What is known of it by now."""
        with self._lock:
            if self._traits is None:
                self._traits = Traits()
                if self._file is not None and self.endpoint is not None:
                    self._traits = self._file.of(self.endpoint.label, self.name)
                if self._window:  # somebody knows better, until the endpoint refuses
                    self._traits = replace(self._traits, window=0)
            return self._traits

    def learn(self, **what: Any) -> None:
        """Keeps what has been learned, in terms of `Traits`."""
        with self._lock:
            learned = replace(self.traits, **what)
            if learned == self._traits:
                return
            self._traits = learned
            if self._file is not None and self.endpoint is not None:
                self._file.note(self.endpoint.label, self.name, learned)

    # how much it takes

    def prepare(self) -> None:
        """Makes the model, and asks its endpoint how much it takes where nobody knows.

        Asks once a day at most, and a list of models costs nothing.
        """
        if self.endpoint is not None and not self.window and not self.traits.looked_up:
            found = openai_like.look_up_window(self.name, self.endpoint)
            self.learn(window=found, looked_up=True)

    @property
    def is_set(self) -> bool:
        """Whether somebody said how many tokens fit."""
        return self._window > 0

    @property
    def window(self) -> int:
        """Tokens that prompt and reply may have together; 0 when that is not known.

        What was learned counts more than what is declared when it is less.
        """
        declared = self._window or _declared_window(self.llm)
        windows = [n for n in (declared, self.traits.window) if n > 0]
        return min(windows, default=0)

    @property
    def room(self) -> int | None:
        """Tokens that a prompt may have, as `count_messages` counts; None for any number."""
        window = self.window
        if not window:
            return None
        reply = min(self.max_tokens or _FOR_REPLY, window // 4)
        return max(1, int((window - reply) / self.traits.scale))

    # asking

    def stream(self, messages: Sequence[Message]) -> Generator[Piece]:
        """Sends messages to the model and yields its reply as it comes.

        Closing the generator early hangs up.

        Args:
            messages: The conversation; the last one is to be answered.

        Yields:
            Text pieces, and last exactly one `Done`.

        Raises:
            PromptTooLong: When the model does not take so much; `room` is smaller then, and
                nothing was yielded.
            EndpointError: What went wrong; the pieces that came before it have been yielded.
        """
        from assistant.models.exchange import Exchange  # noqa: PLC0415 - heavy

        asking = Attempts(self, messages)
        while True:
            exchange, reply = Exchange.to(asking.place), Reply()
            try:
                with closing(responses(asking.call())) as answered:
                    while not reply.is_too_long:
                        with exchange.watching(), asking.translating():
                            response = next(answered, None)
                        if response is None:
                            break
                        if text := reply.take(response):
                            yield TextPiece(text)
                with asking.translating():
                    end = reply.end(exchange)
            except RequestRefused as refusal:
                if reply.length or not asking.has_other_way(refusal):
                    raise asking.explained(refusal) from refusal.__cause__
            else:
                yield from asking.completed(end)
                return
            finally:
                exchange.hang_up()

    async def astream(self, messages: Sequence[Message]) -> AsyncGenerator[Piece]:
        """`stream` for callers that await; close it with `aclose` to hang up early."""
        from assistant.models.exchange import Exchange  # noqa: PLC0415 - heavy

        asking = Attempts(self, messages)
        while True:
            exchange, reply = Exchange.to(asking.place), Reply()
            try:
                async with aclosing(aresponses(asking.call())) as answered:
                    while not reply.is_too_long:
                        with exchange.watching(), asking.translating():
                            response = await anext(answered, None)
                        if response is None:
                            break
                        if text := reply.take(response):
                            yield TextPiece(text)
                with asking.translating():
                    end = reply.end(exchange)
            except RequestRefused as refusal:
                if reply.length or not asking.has_other_way(refusal):
                    error = await asyncio.to_thread(asking.explained, refusal)
                    raise error from refusal.__cause__
            else:
                for piece in asking.completed(end):
                    yield piece
                return
            finally:
                await exchange.ahang_up()


def _declared_window(llm: LLM) -> int:
    """What an integration says of its model; LlamaIndex's default only says that it does not."""
    from llama_index.core.constants import DEFAULT_CONTEXT_WINDOW  # noqa: PLC0415 - heavy

    window = llm.metadata.context_window
    return window if window > 0 and window != DEFAULT_CONTEXT_WINDOW else 0
