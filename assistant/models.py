"""The only door to language models.

A model is a LlamaIndex `LLM`: one behind an OpenAI-compatible endpoint, opened here, or any other
that a program hands in. Whatever it is, a reply is read as text pieces and one end.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from assistant.types import Usage
from index.endpoint import translating
from index.errors import (
    EndpointError,
    ReplyCutOff,
    RequestRefused,
    ServerFailed,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Sequence

    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import LLM
    from llama_index.llms.openai import OpenAI

    from assistant.exchange import Exchange
    from index.endpoint import Endpoint

__all__ = [
    "Done",
    "Message",
    "Piece",
    "Role",
    "TextPiece",
    "astream",
    "list_models",
    "open_model",
    "stream",
]

Role = Literal["system", "user", "assistant"]
LISTING_TIMEOUT = 5.0
LISTED = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next characters of a reply, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a reply.

    Attributes:
        finish_reason: `stop`, `length`, `content_filter` and so on, or empty when the model's
            integration does not say.
        usage: Tokens as the endpoint reports them, or None when it does not.
    """

    finish_reason: str = ""
    usage: Usage | None = None


Piece = TextPiece | Done


def open_model(name: str, endpoint: Endpoint, *, context_window: int | None = None) -> LLM:
    """Make a chat model behind an OpenAI-compatible endpoint; nothing is sent yet.

    Args:
        name: Any model name that the endpoint knows.
        endpoint: Where it is; the environment is not consulted.
        context_window: Tokens that fit; by default what is known of OpenAI's own models, and
            LlamaIndex's cautious default for others.

    Raises:
        UsageError: The name is of a model that chat endpoints do not serve.
    """
    import openai  # noqa: PLC0415 - heavy
    import openai.resources.chat  # noqa: PLC0415 - else the first question pays for it
    from llama_index.llms.openai.utils import (  # noqa: PLC0415 - heavy
        ALL_AVAILABLE_MODELS,
        is_chatcomp_api_supported,
    )
    from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415 - heavy

    from assistant.exchange import async_http_client, http_client  # noqa: PLC0415 - heavy

    if not is_chatcomp_api_supported(name):
        raise UsageError(
            f"the model {name!r} is not served through chat completions",
            help="choose another with --model",
        )
    client = http_client()
    options: dict[str, Any] = {
        "api_key": endpoint.key_to_send,
        "base_url": endpoint.base_url,
        "timeout": endpoint.timeout,
        "max_retries": endpoint.retries,
    }
    window = context_window or ALL_AVAILABLE_MODELS.get(name)
    llm: OpenAI = OpenAILike(
        model=name,
        api_key=endpoint.key_to_send,
        api_base=endpoint.base_url,
        timeout=endpoint.timeout,
        max_retries=0,  # the client's own are enough; LlamaIndex would multiply them
        openai_client=openai.OpenAI(http_client=client, **options),
        async_openai_client=openai.AsyncOpenAI(http_client=async_http_client(), **options),
        is_chat_model=True,
        temperature=0.0,
        additional_kwargs={"stream_options": {"include_usage": True}},
        **({"context_window": window} if window else {}),
    )
    weakref.finalize(llm, client.close)
    return llm


def list_models(endpoint: Endpoint) -> list[str]:
    """Names of the models that an endpoint offers, sorted; none when it does not say."""
    import openai  # noqa: PLC0415 - heavy

    client = openai.OpenAI(
        api_key=endpoint.key_to_send,
        base_url=endpoint.base_url,
        timeout=min(endpoint.timeout, LISTING_TIMEOUT),
        max_retries=0,
    )
    try:
        with client, translating(endpoint):
            return sorted(str(model.id) for model in client.models.list().data)
    except EndpointError:
        return []


def stream(
    llm: LLM, messages: Sequence[Message], endpoint: Endpoint | None = None
) -> Generator[Piece]:
    """Send messages to a model and yield its reply as it comes.

    Closing the iterator early hangs up.

    Args:
        llm: From `open_model`, or any LlamaIndex model.
        messages: The conversation; the last one is to be answered.
        endpoint: Where the model is, for messages and helps; None when it was handed in.

    Yields:
        Text pieces, and last exactly one `Done`.

    Raises:
        EndpointError: What went wrong; the pieces that came before it have been yielded.
    """
    from assistant.exchange import Exchange  # noqa: PLC0415 - heavy

    conversation = _conversation(messages)
    exchange, reply = Exchange(), _Reply()
    asked: LLM = llm
    responses: Any = None
    try:
        while True:
            try:
                with exchange.watching(), translating(endpoint, model=_name(llm)):
                    responses = responses or iter(asked.stream_chat(conversation))
                    response = next(responses, None)
            except RequestRefused as refusal:
                plainer = None if reply.begun else _plainer(asked, refusal)
                if plainer is None:
                    raise _with_names(refusal, endpoint) from refusal.__cause__
                asked, responses = plainer, None
                continue
            if response is None:
                break
            _remember(llm, asked)
            if text := reply.take(response):
                yield TextPiece(text)
        yield reply.end(exchange, endpoint)
    finally:
        if hasattr(responses, "close"):
            responses.close()
        exchange.hang_up()


async def astream(
    llm: LLM, messages: Sequence[Message], endpoint: Endpoint | None = None
) -> AsyncGenerator[Piece]:
    """`stream` for asynchronous programs; close it with `aclose` to hang up early."""
    import asyncio  # noqa: PLC0415 - only asynchronous programs need it

    from assistant.exchange import Exchange  # noqa: PLC0415 - heavy

    conversation = _conversation(messages)
    exchange, reply = Exchange(), _Reply()
    asked: LLM = llm
    responses: Any = None
    try:
        while True:
            try:
                with exchange.watching(), translating(endpoint, model=_name(llm)):
                    responses = responses or aiter(await asked.astream_chat(conversation))
                    response = await anext(responses, None)
            except RequestRefused as refusal:
                plainer = None if reply.begun else _plainer(asked, refusal)
                if plainer is None:
                    error = await asyncio.to_thread(_with_names, refusal, endpoint)
                    raise error from refusal.__cause__
                asked, responses = plainer, None
                continue
            if response is None:
                break
            _remember(llm, asked)
            if text := reply.take(response):
                yield TextPiece(text)
        yield reply.end(exchange, endpoint)
    finally:
        if hasattr(responses, "aclose"):
            await responses.aclose()
        await exchange.ahang_up()


@dataclass(slots=True)
class _Reply:
    """What has come of a reply so far."""

    begun: bool = False
    length: int = 0
    finish_reason: str = ""
    usage: Usage | None = None
    chunks: bool = field(default=False)  # whether it comes in OpenAI's chunks, which name the end

    def take(self, response: ChatResponse) -> str:
        """Note what a response tells, and return its new text."""
        self.begun = True
        if response.delta is None:  # an integration that only sends the text so far
            text = (response.message.content or "")[self.length :]
        else:
            text = response.delta
        self.length += len(text)
        self._note_usage(response.additional_kwargs)
        if response.raw is not None:
            self._note_chunk(response.raw)
        return text

    def _note_usage(self, counts: dict[str, Any]) -> None:
        prompt, completion = counts.get("prompt_tokens"), counts.get("completion_tokens")
        if isinstance(prompt, int) and isinstance(completion, int):
            self.usage = Usage(prompt, completion)

    def _note_chunk(self, raw: object) -> None:
        from openai.types.chat import ChatCompletionChunk  # noqa: PLC0415 - heavy

        if isinstance(raw, ChatCompletionChunk):
            self.chunks = True
            for choice in raw.choices[:1]:
                self.finish_reason = choice.finish_reason or self.finish_reason

    def end(self, exchange: Exchange, endpoint: Endpoint | None) -> Done:
        """The end of the reply, if that is what it is.

        Raises:
            ServerFailed: What came is no stream at all.
            ReplyCutOff: The stream stopped without saying that it is complete.
        """
        who = endpoint.label if endpoint else "the model's endpoint"
        if self.finish_reason or exchange.ended:
            return Done(self.finish_reason, self.usage)
        if not self.begun and exchange.response is not None:
            raise ServerFailed(
                f"{who} answered with {exchange.content_type or 'nothing'} instead of a reply",
                help="check OPENAI_BASE_URL; it usually ends in /v1",
            )
        if self.chunks:
            raise ReplyCutOff(f"{who} stopped in the middle of its reply", help="ask again")
        return Done("", self.usage)


def _conversation(messages: Sequence[Message]) -> list[ChatMessage]:
    from llama_index.core.base.llms.types import (  # noqa: PLC0415 - heavy
        ChatMessage,
        MessageRole,
    )

    return [ChatMessage(role=MessageRole(m.role), content=m.content) for m in messages]


def _name(llm: LLM) -> str:
    return llm.metadata.model_name


def _plainer(llm: LLM, refusal: RequestRefused) -> OpenAI | None:
    """The same model without the parameter that its endpoint may have refused, or None.

    Some models take no temperature but their own, and some endpoints do not know
    `stream_options`, which asks for the tokens used.
    """
    from llama_index.llms.openai import OpenAI  # noqa: PLC0415 - heavy
    from openai import omit  # noqa: PLC0415 - heavy

    if not isinstance(llm, OpenAI) or _status(refusal) not in {400, 422}:
        return None
    options = llm.additional_kwargs
    if "temperature" in str(refusal.__cause__) and "temperature" not in options:
        return llm.model_copy(update={"additional_kwargs": {**options, "temperature": omit}})
    if "stream_options" in options:
        fewer = {name: value for name, value in options.items() if name != "stream_options"}
        return llm.model_copy(update={"additional_kwargs": fewer})
    return None


def _remember(llm: Any, asked: Any) -> None:
    """Keep what `_plainer` left out, now that it is known to help."""
    if asked is not llm:
        llm.additional_kwargs = asked.additional_kwargs


def _with_names(refusal: RequestRefused, endpoint: Endpoint | None) -> RequestRefused:
    """The refusal of an unknown model with the names of some that are known."""
    if endpoint is None or _status(refusal) != 404:
        return refusal
    names = list_models(endpoint)
    if not names:
        return refusal
    more = ", …" if len(names) > LISTED else ""
    return RequestRefused(
        refusal.message,
        help=f"choose another with --model; there are {', '.join(names[:LISTED])}{more}",
    )


def _status(refusal: RequestRefused) -> int | None:
    return getattr(refusal.__cause__, "status_code", None)
