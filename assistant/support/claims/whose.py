"""Whose a number is: the age of a person, the figure that a list gives to one of several names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.support.names.ages import Age, find_ages
from assistant.support.names.check import find_names
from assistant.support.numbers.quantities import Quantity, find_quantities
from index.dates import date_ranges

__all__ = ["check_whose"]

# What stands between the pairs of a list, and in none of them.
_BETWEEN = re.compile(
    r"[,;:—–()“”?!]|\b(?:and|but|while|to|versus|vs|compared|against|with|than|whereas|or)\b"
)
_FAR = 40  # characters between a name and its number
_COUNTING = frozenset({"count", "percent", "money"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """A name with its number.

    Attributes:
        name: The words of the name, folded.
        quantity: The number.
        name_first: Whether the name stands before the number.
        start: Where both begin in the text.
        end: Where they end.
    """

    name: frozenset[str]
    quantity: Quantity
    name_first: bool
    start: int
    end: int


def check_whose(sentence: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Whether a sentence gives somebody the age, or the number of a list, of somebody else.

    Args:
        sentence: The sentence of the answer.
        sources: The sentences of the source.
    """
    return tuple(dict.fromkeys((*_ages(sentence, sources), *_listed(sentence, sources))))


def _ages(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    stated = list(find_ages(sentence))
    told = [(age, source) for source in sources for age in find_ages(source)] if stated else []
    for age in stated:
        own = [(other, source) for other, source in told if _is_same(age.name, other.name)]
        if own and all(other.years != age.years for other, _ in own):
            other, source = own[0]
            theirs, mine = _written(source, other), _written(sentence, age)
            yield f"the source says “{theirs}”, not “{mine}”"


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name may be another: its last word, or all there is of it, is a word of that."""
    return one[-1] == other[-1] or (min(len(one), len(other)) == 1 and bool({*one} & {*other}))


def _written(text: str, age: Age) -> str:
    return text[age.start : age.end].strip(", (")


def _listed(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """The numbers that a list in the source gives to another of the names in it."""
    numbers = _numbers(sentence)
    lists = [(source, pairs) for source in sources if (pairs := _pairs(source))] if numbers else ()
    if not lists:
        return
    values = Counter(v for source in sources for q in _numbers(source) for v in {*q.values})
    for source, pairs in lists:
        for name, quantity in _stated(sentence, numbers, pairs):
            own = [pair for pair in pairs if pair.name & name]
            elsewhere = any(values[value] > 1 for value in quantity.values)
            if len(own) == 1 and not elsewhere and _is_other(own[0], quantity):
                theirs = source[own[0].start : own[0].end]
                yield f"the source says “{theirs}”, not {quantity.text}"


def _stated(
    sentence: str, every: Sequence[Quantity], pairs: Sequence[_Pair]
) -> Iterator[tuple[frozenset[str], Quantity]]:
    """The names of a list and the numbers of it that a sentence puts together."""
    known = frozenset[str]().union(*(pair.name for pair in pairs))
    names = [n for name in find_names(sentence) if (n := frozenset(name.folded)) & known]
    numbers = [q for q in every if any(_is_value(pair, q) for pair in pairs)]
    if len(names) == 1 == len(numbers):
        yield names[0], numbers[0]
    else:
        for pair in _pairs(sentence):
            if pair.name & known and any(_is_value(each, pair.quantity) for each in pairs):
                yield pair.name, pair.quantity


def _is_value(pair: _Pair, quantity: Quantity) -> bool:
    other = pair.quantity
    return other.kind == quantity.kind and bool({*other.values} & {*quantity.values})


def _is_other(pair: _Pair, quantity: Quantity) -> bool:
    """Whether another number of what may be the same things is given to a name."""
    units = {pair.quantity.unit, quantity.unit} - {""}
    return len(units) < 2 and not _is_value(pair, quantity)


def _pairs(text: str) -> list[_Pair]:
    """What a list gives: two or more names, each beside one number, all on the same side of it."""
    numbers = _numbers(text)
    if len(numbers) < 2:
        return []
    found = [(q.start, q.end, q) for q in numbers]
    items = sorted(
        [*found, *((name.start, name.end, frozenset(name.folded)) for name in find_names(text))],
        key=lambda item: item[:2],
    )
    apart = [True, *(_are_apart(text, a[1], b[0]) for a, b in pairwise(items)), True]
    pairs = []
    for at, (one, other) in enumerate(pairwise(items)):
        if apart[at + 1] or not (apart[at] and apart[at + 2]):
            continue
        match one[2], other[2]:
            case frozenset() as name, Quantity() as quantity:
                pairs.append(_Pair(name, quantity, True, one[0], other[1]))
            case Quantity() as quantity, frozenset() as name:
                pairs.append(_Pair(name, quantity, False, one[0], other[1]))
            case _:
                pass
    sides = Counter((pair.name_first, pair.quantity.kind) for pair in pairs)
    kept = [p for p in pairs if sides[p.name_first, p.quantity.kind] > 1]
    return kept if len({pair.name_first for pair in kept}) == 1 else []


def _are_apart(text: str, end: int, start: int) -> bool:
    return start - end > _FAR or _BETWEEN.search(text[end:start]) is not None


def _numbers(text: str) -> list[Quantity]:
    return [q for q in find_quantities(text, date_ranges(text)) if q.kind in _COUNTING]
