"""What an answer is made from: a question with what was found for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.types import Question, Turn, Usage
from index.types import Hit, Retrieval

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what was found for it, and how long that took in seconds.

    `usage` is what the model was asked for until then, `shares` are the hits of each part of a
    question that has parts.
    """

    question: Question
    retrieval: Retrieval
    seconds: float
    history: tuple[Turn, ...] = ()
    usage: Usage = field(default_factory=Usage)
    shares: tuple[tuple[Hit, ...], ...] = ()
