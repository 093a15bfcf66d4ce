"""Reads from a refusal that a prompt was too long, and how long it may be.

There is no code that all servers agree on, and the numbers only stand in sentences. These are the
sentences of OpenAI and Azure, vLLM, SGLang, llama.cpp, llama-cpp-python, LM Studio, Ollama, TGI,
Anthropic, Google, Mistral, Groq, xAI, Cerebras, OpenRouter, GitHub and others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Overflow", "read_overflow"]

_CODES = frozenset(
    {"context_length_exceeded", "exceed_context_size_error", "tokens_limit_reached"}
    | {"string_above_max_length", "request_too_large", "prompt_too_long"}
)
_N = r"(\d[\d,]{1,9})"
_SAYS_SO = re.compile(
    r"context[ _-]?(?:length|size|window|limit)"
    r"|context length exceeded|maximum (?:model|prompt|input|sequence) length"
    r"|(?:prompt|input|request|message)s?(?: body)? (?:is |are |was )?too (?:long|large|big)"
    r"|too many (?:input )?tokens|reduce the length of|maximum number of tokens"
    r"|n_ctx|tokens? limit|limit of \d[\d,]* tokens|inputs?`? tokens|token count"
    r"|request entity too large"
    r"|tokens per min|must have less than|max size: \d",
    re.IGNORECASE,
)
# Both lists in the order in which they are believed.
_WINDOW = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"maximum (?:context|model|prompt|input|sequence) length (?:is|of|was) {_N}",
        rf"{_N} maximum context length",
        rf"model maximum context length: {_N}",
        rf"n_ctx\W{{1,3}}{_N}",
        rf"> ?{_N}(?: tokens)?(?: maximum|$)",
        rf"context (?:length|size|window|limit)[^0-9]{{0,40}}{_N}",
        rf"configured limit of {_N}",
        rf"maximum number of tokens allowed \({_N}\)",
        rf"(?:token limit|while limit is|limit is|limit of|limit)\W{{1,2}}{_N}",
        rf"(?:less than|<=|cannot exceed|exceed|max size:|longer than the maximum of) {_N}",
        rf"{_N} maximum",
    )
)
_TOKENS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_N}(?: tokens)? (?:in|of|from) (?:the |your )?(?:messages?|prompt|input|text)",
        rf"resulted in {_N}",
        rf"(?:has|contains?) {_N} (?:input )?tokens",
        rf"requested (?:a total of |about )?{_N}",
        rf"(?:request|prompt|input|tokens) \((?:length )?{_N}",
        rf"keep the first {_N}",
        rf"n_keep: {_N}",
        rf"token count (?:of |\(){_N}",
        rf"too (?:long|large): {_N}",
        rf"given: {_N}",
        rf"(?:received|length is|requested:) {_N}",
    )
)


@dataclass(frozen=True, slots=True)
class Overflow:
    """A prompt was too long.

    Attributes:
        window: Tokens that the model takes at once, or None where that is not said.
        tokens: Tokens that the prompt has by the server's count, likewise.
    """

    window: int | None = None
    tokens: int | None = None


def read_overflow(said: str, body: object = None) -> Overflow | None:
    """What an error says of a prompt that was too long; None when it speaks of something else.

    Args:
        said: The error's message.
        body: Its whole body, as openai's client gives it.
    """
    fields: Mapping[str, object] = body if isinstance(body, Mapping) else {}
    codes = {str(fields.get(name)) for name in ("code", "type")}
    if not codes & _CODES and not _SAYS_SO.search(said):
        return None
    window = _count(fields.get("n_ctx")) or _first(_WINDOW, said)
    tokens = _count(fields.get("n_prompt_tokens")) or _first(_TOKENS, said)
    return Overflow(window, tokens)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None


def _first(patterns: tuple[re.Pattern[str], ...], said: str) -> int | None:
    for pattern in patterns:
        if found := pattern.search(said):
            return int(found[1].replace(",", ""))
    return None
