"""What is known of chats that were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.repl.scope import Scope
from assistant.types import Answer, Turn

__all__ = ["ChatInfo", "KeptChat", "Rating"]


@dataclass(frozen=True, slots=True)
class ChatInfo:
    """A chat in a list.

    Attributes:
        number: What names it.
        title: The title that it was given or, without one, its first question.
        used: When it was last used.
        questions: How many questions it has.
    """

    number: int
    title: str
    used: dt.datetime
    questions: int


@dataclass(frozen=True, slots=True)
class KeptChat:
    """A chat with all that was said.

    Attributes:
        info: What is known of it.
        scope: What its questions were asked with, at last.
        turns: Its questions with their answers, oldest first, by the numbers that name them.
        lost: How many of its answers cannot be read.
        unanswered: The last question, when no answer to it was kept, as after a kill; or empty.
    """

    info: ChatInfo
    scope: Scope
    turns: Mapping[int, Turn]
    lost: int = 0
    unanswered: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody thought of an answer."""

    good: bool
    note: str
    given: dt.datetime
    answer: Answer
