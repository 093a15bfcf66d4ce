"""What a chat has called somebody, so that a man of two turns ago is not “she” now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.question.asked_for import without_brackets
from assistant.question.follow_ups import pointing
from assistant.types import Turn

__all__ = ["HE", "SHE", "called_otherwise"]

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})


def called_otherwise(somebody: str, pronoun: Literal["he", "she"], history: Sequence[Turn]) -> bool:
    """Whether a follow-up called somebody by the other pronoun, and was understood so.

    Args:
        somebody: A name, or what somebody is, as “the old keeper”.
        pronoun: What is asked with now.
        history: The turns before, oldest first.
    """
    others = SHE if pronoun == "he" else HE
    for turn in history:
        match = pointing(turn.question.asked)
        if match is None or match[0].lower() not in others:
            continue
        completed, _ = without_brackets(turn.question.text)
        if somebody in completed and somebody not in turn.question.asked:
            return True
    return False
