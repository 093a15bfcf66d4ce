"""What the responses of a model tell, whichever of LlamaIndex's integrations they come through.

Integrations agree on the text. How many tokens were used and why a reply ended they pass on as
their vendor said it, so both are looked for under the names that vendors use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.models.messages import Done, Piece, TextPiece
from assistant.types import Usage
from index.errors import ReplyCutOff, ServerFailed

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse

    from assistant.models.exchange import Exchange

__all__ = ["Reply"]

# A reply of more characters is not read on: an answer has some hundreds.
LONGEST = 32_000

_PROMPT = ("prompt_tokens", "input_tokens", "prompt_eval_count", "prompt_token_count")
_COMPLETION = ("completion_tokens", "output_tokens", "eval_count", "candidates_token_count")
_CACHED = ("prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_content_token_count")
# Anthropic counts what it had cached, or cached now, apart from the prompt's other tokens.
_BESIDES = ("cache_read_input_tokens", "cache_creation_input_tokens")
_ENDS = ("finish_reason", "stop_reason", "done_reason")
_REASON = re.compile(rb'"finish_reason": ?"(\w+)"')
_MEANING = {"max_tokens": "length", "end_turn": "stop", "MAX_TOKENS": "length", "SAFETY": "filter"}


@dataclass(slots=True)
class Reply:
    """What has come of a reply so far.

    Attributes:
        begun: Whether anything has come.
        length: How many characters of text have come.
        usage: What the endpoint counted, if it did.
    """

    begun: bool = False
    length: int = 0
    usage: Usage | None = None
    _finish_reason: str = ""
    _in_chunks: bool = False  # of OpenAI's kind, the last of which names the end

    @property
    def is_too_long(self) -> bool:
        """Whether it has become longer than an answer can be."""
        return self.length >= LONGEST

    def take(self, response: ChatResponse) -> str:
        """Note what a response tells, and return its new text."""
        self.begun = True
        if response.delta is None:  # a whole reply, or an integration that sends the text so far
            text = (response.message.content or "")[self.length :]
        else:
            text = response.delta
        self.length += len(text)
        self._note(response.additional_kwargs)
        if response.raw is not None:
            self._note(response.raw)
            self._in_chunks |= _of(response.raw, "object") == "chat.completion.chunk"
        return text

    def _note(self, told: Any) -> None:
        """Note the tokens and the end, where these are told; both may be told again and again."""
        self.usage = _usage(told) or self.usage
        choices = _of(told, "choices")
        first = choices[0] if isinstance(choices, list) and choices else None
        for end in (_of(part, name) for part in (first, told) for name in _ENDS):
            if end and isinstance(end, str):
                self._finish_reason = _MEANING.get(end, end)

    def end(self, exchange: Exchange) -> list[Piece]:
        """The end of the reply, if that is what it is, after what has not been read of it.

        Raises:
            APIError: openai's, when an error came in the place of a reply.
            ServerFailed: What came is no reply, or has no text.
            ReplyCutOff: The stream stopped without saying that it is complete.
        """
        pieces: list[Piece] = []
        if not self.begun and exchange.response is not None:
            pieces += self._whole(exchange)
        complete = self._finish_reason or exchange.ended or not self._in_chunks
        if not complete and not self.is_too_long:
            raise ReplyCutOff(
                f"{exchange.who} stopped in the middle of its reply", help="ask again"
            )
        if not self.length:
            raise _without_text(exchange.who, self._finish_reason)
        reason = "length" if self.is_too_long else self._finish_reason
        pieces.append(Done(reason, self.usage or Usage(), _warnings(reason)))
        return pieces

    def _whole(self, exchange: Exchange) -> list[Piece]:
        """The reply of a server that sends it in one piece although a stream was asked for."""
        import openai  # noqa: PLC0415 - heavy; a client has imported it by now

        try:
            form = json.loads(exchange.body)
        except ValueError:
            form = None
        assert exchange.response is not None
        if exchange.tail and not exchange.body:
            # LlamaIndex passes over a first chunk without text, which may have been the only one.
            reason = _REASON.search(exchange.tail)
            self._finish_reason = reason[1].decode() if reason else ""
            raise _without_text(exchange.who, self._finish_reason)
        if error := _of(form, "error"):
            message = _of(error, "message") or str(error)
            raise openai.APIError(str(message), exchange.response.request, body=error)
        choices = _of(form, "choices")
        content = _of(_of(choices[0], "message"), "content") if choices else None
        if not isinstance(content, str) or not content:
            raise ServerFailed(
                f"{exchange.who} answered with {exchange.content_type or 'nothing'}"
                " instead of a reply",
                help="check OPENAI_BASE_URL; it usually ends in /v1",
            )
        self._note(form)
        self.length = len(content)
        return [TextPiece(content[:LONGEST])]


def _of(value: Any, name: str) -> Any:
    """A part of a value that may be a mapping, an object or nothing."""
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _number(value: Any, names: tuple[str, ...]) -> int | None:
    found = (_of(value, name) for name in names)
    return next((n for n in found if type(n) is int and n >= 0), None)


def _usage(told: Any) -> Usage | None:
    """Tokens by whichever name they have, or None."""
    places = (told, _of(told, "usage"), _of(told, "usage_metadata"), _of(told, "x_groq"))
    for place in (*places, _of(places[-1], "usage")):
        prompt, completion = _number(place, _PROMPT), _number(place, _COMPLETION)
        if prompt is not None and completion is not None:
            details = _of(place, "prompt_tokens_details")
            cached = _number(details, ("cached_tokens",)) or _number(place, _CACHED) or 0
            besides = sum(_number(place, (name,)) or 0 for name in _BESIDES)
            return Usage(prompt + besides, completion, cached_tokens=cached, calls=1)
    return None


def _warnings(reason: str) -> tuple[str, ...]:
    if reason == "length":
        return ("the model's reply reached its length limit and stops early",)
    if "filter" in reason:
        return ("the endpoint's content filter cut the model's reply short",)
    return ()


def _without_text(who: str, reason: str) -> ServerFailed:
    """A reply without text is none: it does not mean that the articles do not answer."""
    if reason == "length":
        return ServerFailed(
            f"{who} sent no text: the model spent its whole reply on reasoning",
            help="allow longer replies with --max-tokens, or choose another model",
        )
    if "filter" in reason:
        return ServerFailed(f"{who} sent no text: its content filter held the reply back")
    ended = f" (it ended with {reason!r})" if reason and reason != "stop" else ""
    return ServerFailed(f"{who} sent a reply without text{ended}", help="ask again")
