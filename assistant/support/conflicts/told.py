"""A sentence of an article as it is compared with one of another, and what differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from assistant.support.conflicts.amounts import Amount, amounts
from assistant.support.names.check import Name, find_names
from assistant.support.numbers.quantities import Quantity, find_quantities
from assistant.support.text.reading import Reading, read
from assistant.support.text.words import bare
from index.dates import date_ranges

__all__ = ["Conflict", "Told", "names_of"]


@dataclass(frozen=True)
class Told:
    """A sentence of an article, as far as it can be compared with that of another.

    Attributes:
        text: The sentence.
        date: When its article was published.
        around: Its title and passage.
    """

    text: str
    date: dt.date | None
    around: str

    @property
    def reading(self) -> Reading:
        return read(self.text)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        return amounts(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(find_quantities(self.text, date_ranges(self.text)))

    @cached_property
    def quantities_around(self) -> tuple[Quantity, ...]:
        return tuple(find_quantities(self.around))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The content of the sentence, without numbers."""
        return frozenset(
            token.root
            for token in self.reading.tokens
            if token.content and not token.word[0].isdigit()
        )

    @cached_property
    def names(self) -> frozenset[str]:
        return _all_names(self.text)

    @cached_property
    def names_around(self) -> frozenset[str]:
        return _all_names(self.around) | self.names

    @cached_property
    def names_above(self) -> frozenset[str]:
        """What the sentence and the title name."""
        return _all_names(self.around.partition("\n")[0]) | self.names

    def said(self, start: int = 0, end: int | None = None) -> str:
        """What the sentence says, whole or from one character to another, on one line."""
        return " ".join(self.text[start:end].split())

    def days_from(self, other: Told) -> int | None:
        """Days between the articles; none where one of them has no date."""
        if self.date is None or other.date is None:
            return None
        return abs((self.date - other.date).days)

    def is_apart_from(self, other: Told, besides: frozenset[str] = frozenset()) -> bool:
        """Whether each names what is not around the other, so that they are of different events."""
        mine = self.names - other.names_around - besides
        theirs = other.names - self.names_around - besides
        return bool(mine and theirs)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two sentences say differently.

    Attributes:
        one: The words of the first.
        other: The words of the second.
        value: What the second one says, in one form, so that others can be found to say the same.
    """

    one: str
    other: str
    value: str


def names_of(name: Name) -> frozenset[str]:
    """The words of a name, as they are compared."""
    return frozenset(bare(word) for word in name.words)


def _all_names(text: str) -> frozenset[str]:
    return frozenset().union(*(names_of(name) for name in find_names(text)))
