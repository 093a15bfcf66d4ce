"""What a refusal says about the request: which part of it the model does not take.

Reasoning models take no temperature and another name for the length limit; some models have no
system role or may not be streamed; some servers refuse what they do not know. None says so in a
code, so their words are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.errors import RequestRefused

__all__ = ["refused_part"]

# In the order in which they are believed: what is named by its whole name comes first.
_NAMED = {
    "stream_options": r"stream_options|include_usage",
    "temperature": r"\btemperature\b",
    "max_completion_tokens": r"max_completion_tokens",
    "max_tokens": r"max_tokens",
    "system": r"\b(?:system|developer)[\s_'\"`]*(?:role|message|prompt|instruction)"
    r"|\broles?\b[^.]{0,80}(?:\bsystem\b|\bdeveloper\b|alternate|only user)"
    r"|(?:system|developer)['\"`]? is not (?:one of|a valid|supported)",
    "stream": r"\bstream(?:ing|ed)?\b",
}
# What servers trip over, likeliest first, when they only say that something is wrong.
_SUSPECTS = ("stream_options", "temperature", "max_completion_tokens", "max_tokens")
_REPEATED = frozenset({"input", "ctx", "body", "request"})
_STATUSES = frozenset({400, 404, 405, 422, 501})


def refused_part(refusal: RequestRefused, sent: Collection[str]) -> str | None:
    """The part of a request to leave out, or None where leaving something out will not help.

    Args:
        refusal: Translated from the client's error, which is its cause.
        sent: The parts that were sent and can be left out: `temperature`, `stream_options`,
            `max_tokens`, `max_completion_tokens`, `system` for the system role, `stream`.
    """
    cause = refusal.__cause__
    status = getattr(cause, "status_code", None)
    if status not in _STATUSES:
        return None
    named = getattr(cause, "param", None)
    said = " ".join(_words(getattr(cause, "body", None) or str(cause))).lower()
    for part in _NAMED:
        if part in sent and named == part:
            return part
    for part, words in _NAMED.items():
        if part in sent and re.search(words, said):
            return part
    if status not in {400, 422} or named:
        return None
    return next((part for part in _SUSPECTS if part in sent), None)


def _words(body: object) -> Iterator[str]:
    """What an error's body says, without the request that some servers repeat in it."""
    if isinstance(body, Mapping):
        for name, part in body.items():
            if name not in _REPEATED:
                yield from _words(part)
    elif isinstance(body, Sequence) and not isinstance(body, str | bytes):
        for part in body:
            yield from _words(part)
    elif body is not None:
        yield str(body)
