"""The words around a number, which say what it is a number of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.support.numbers.quantities import Quantity
from assistant.support.text.reading import Reading, Token

__all__ = ["Reach", "around", "places"]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far around a number one looks.

    Attributes:
        before: Words before it.
        after: Words behind it.
        divides: Words that begin another clause.
        marks: What does so between two words.
        behind_others: Whether a word right behind another number counts for this one, too.
    """

    before: int
    after: int
    divides: frozenset[str]
    marks: re.Pattern[str]
    behind_others: bool


def places(reading: Reading, quantity: Quantity) -> list[int]:
    """The places of the words that a number is written in."""
    return [
        at
        for at, token in enumerate(reading.tokens)
        if quantity.start < token.end and token.start < quantity.end
    ]


def around(
    reading: Reading, quantity: Quantity, every: Iterable[Quantity], reach: Reach
) -> Iterator[tuple[Token, bool]]:
    """The words before a number and then those behind it, nearest first.

    It ends at another number and where another clause begins.

    Args:
        reading: The sentence.
        quantity: The number.
        every: All numbers of the sentence.
        reach: How far to look.

    Yields:
        Words, and whether they stand behind the number.
    """
    tokens, own = reading.tokens, places(reading, quantity)
    if not own:
        return
    numbers = {at for one in every for at in places(reading, one)}
    for step, far, start in ((-1, reach.before, own[0]), (1, reach.after, own[-1])):
        for at in range(start + step, start + step * (far + 1), step):
            if not 0 <= at < len(tokens) or at in numbers or tokens[at].word in reach.divides:
                break
            left, right = sorted((at, at - step))
            if reach.marks.search(reading.between(left, right)):
                break
            if step < 0 and at - 1 in numbers and not reach.behind_others:
                break
            yield tokens[at], step > 0
