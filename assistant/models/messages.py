"""What goes to a model and what comes from it, in our own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.types import Usage

__all__ = ["Done", "Message", "Piece", "Role", "TextPiece"]

Role = Literal["system", "user", "assistant"]


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
        usage: What the reply has cost; tokens are 0 when the endpoint does not count them.
        warnings: What the reader of the answer must know of how the reply ended or of how much of
            the prompt was read, each a clause.
    """

    finish_reason: str = ""
    usage: Usage = field(default_factory=Usage)
    warnings: tuple[str, ...] = ()


Piece = TextPiece | Done
