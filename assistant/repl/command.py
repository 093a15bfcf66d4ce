"""What a command of the chat is, what it knows, and what it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.render.layout import PLAIN, Style
from assistant.repl.actions import Action
from assistant.repl.scope import Scope
from assistant.types import Citation, Turn

__all__ = ["Command", "Outcome", "State"]


@dataclass(frozen=True, slots=True)
class State:
    """What a chat knows when a line is typed.

    Attributes:
        scope: What questions are asked with.
        turns: The questions with their answers, oldest first.
        places: What can be opened by its number: sources, and passages that were shown.
        asked: The last question, whether or not it was answered.
        style: How text is laid out.
        today: The day it is.
    """

    scope: Scope = field(default_factory=Scope)
    turns: tuple[Turn, ...] = ()
    places: tuple[Citation, ...] = ()
    asked: str = ""
    style: Style = PLAIN
    today: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line that is no question leads to.

    Attributes:
        text: What is printed.
        action: What has to be done.
    """

    text: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be typed.

    Attributes:
        usage: The name, and what stands behind it.
        what: What it is for.
        run: What it leads to, given what stands behind it.
    """

    usage: str
    what: str
    run: Callable[[str, State], Outcome]

    @property
    def name(self) -> str:
        """The word that it begins with."""
        return self.usage.split()[0]
