"""Asks a model for a short reply that is read as a whole, waiting or awaiting."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass, field

from assistant.models import Message, Model, Piece, TextPiece
from assistant.types import Usage

__all__ = ["Reply", "aask", "ask"]


@dataclass
class Reply:
    """A reply that is collected before it is read."""

    text: str = ""
    usage: Usage = field(default_factory=Usage)

    def take(self, piece: Piece) -> None:
        """Adds the next piece."""
        if isinstance(piece, TextPiece):
            self.text += piece.text
        else:
            self.usage += piece.usage


def ask(model: Model, messages: Sequence[Message]) -> Reply:
    """Sends messages and returns the whole reply.

    Raises:
        EndpointError: When the model fails.
    """
    reply = Reply()
    with closing(model.stream(messages)) as pieces:
        for piece in pieces:
            reply.take(piece)
    return reply


async def aask(model: Model, messages: Sequence[Message]) -> Reply:
    """`ask` for callers that await."""
    reply = Reply()
    await asyncio.to_thread(model.prepare)
    async with aclosing(model.astream(messages)) as pieces:
        async for piece in pieces:
            reply.take(piece)
    return reply
