"""Names that a person types in small letters and a chat has spelled: “who won the stanley cup”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.question.people import named
from assistant.support.names.common_words import is_common
from assistant.support.text.words import fold
from assistant.types import Turn

__all__ = ["as_spelled"]

# Turns that are looked back at, as far as for “he”.
_TURNS = 3
# Shorter words, as “Al” and “Sun”, would be found in too much.
_LETTERS = 4


def as_spelled(text: str, history: Sequence[Turn]) -> str:
    """A question with the names of the last turns as these spell them.

    Args:
        text: The question as typed.
        history: The turns before it, oldest first; there may be none.
    """
    names = {name for turn in history[-_TURNS:] for name in _names(turn)}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        whole_words = rf"(?<![\w’'-]){re.escape(name.lower())}(?![\w-])"
        text = re.sub(whole_words, name.replace("\\", r"\\"), text)
    return text


def _names(turn: Turn) -> Iterator[str]:
    """The names of a turn, and the words of those that may be people’s: “reith”, but not “cup”."""
    for said in (turn.question.text, *(sentence.text for sentence in turn.answer.sentences)):
        for name in named(said):
            words = name.text.split()
            if len(words) > 1:
                yield name.text
            if len(words) == 1 or name.person >= 0:
                yield from (word for word in words if word.istitle() and _is_name(word))


def _is_name(word: str) -> bool:
    return len(word) >= _LETTERS and not is_common(fold(word))
