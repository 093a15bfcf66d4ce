"""What a person types as a chat has it: names in small letters, and questions asked before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.question.people import named
from assistant.support.names.common_words import is_common
from assistant.support.text.words import fold, word_set
from assistant.types import Turn

__all__ = ["as_spelled", "stood_alone"]

# Turns that are looked back at, as far as for “he”.
_TURNS = 3
# “US” and “Al” would be found in too much.
_LETTERS = 3
# Surnames that are other words, too, and mostly are these in small letters.
_OTHER_WORDS = word_set("cook march mark may rose")


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


def stood_alone(text: str, history: Sequence[Turn]) -> bool:
    """Whether a chat was asked the same before and nothing had to be put to it."""
    asked = _plain(text)
    return any(asked == _plain(q.asked) == _plain(q.text) for q in (t.question for t in history))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" ?.!")


def _names(turn: Turn) -> Iterator[str]:
    """The names of a turn, and the words of those that may be people’s: “reith”, but not “cup”."""
    for said in (turn.question.text, *(sentence.text for sentence in turn.answer.sentences)):
        for name in named(said):
            words = name.text.split()
            if len(words) > 1:
                yield name.text
            if len(words) == 1 or name.person >= 0:
                yield from filter(_is_name, words)


def _is_name(word: str) -> bool:
    if len(word) < _LETTERS or not (word.istitle() or word.isupper()):
        return False
    return not is_common(fold(word)) and fold(word) not in _OTHER_WORDS
