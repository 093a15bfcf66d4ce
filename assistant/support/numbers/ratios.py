"""What two numbers of the source make: a share, a multiple, a difference."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from assistant.support.numbers.quantities import Quantity
from assistant.support.numbers.rounding import words_that_round

__all__ = ["is_difference", "is_difference_rounded", "is_multiple", "is_ratio", "is_share"]

# Reporters' usage, not measured: how far a share may be from the part that it is rounded to.
_SHARE_OVER: Final = (0.1, 1.5)
_SHARE_UNDER: Final = (0.1, 0.6)
_SHARE_ABOUT: Final = (0.02, 0.1, 0.05)
_SHARE_PLAIN: Final = 0.01
_TIMES_PLAIN: Final = 0.05
_TIMES_ABOUT: Final = 0.12
_DIFFERENCE: Final = {"about": (0.9, 1.1), "over": (1.0, 1.5), "under": (0.75, 1.0)}
# Among more numbers than this some ratio comes out by chance.
_FEW: Final = 6
_TIMES = re.compile(r"\s+times\b|-fold\b|fold\b|\s+to one\b")
_TOLD_BEFORE = re.compile(r"\b(?:by|another)(?: (?:about|over|nearly|almost|some|only))? $")
_TOLD = re.compile(
    r"\b(?:more|less|fewer|higher|lower|longer|shorter|cheaper|dearer|short|shy|above|below|beyond"
    r"|apart|separat\w+|gap|difference|margin|extra|exceeds?|ahead|behind|rose|fell|dropped|off"
    r"|saves?|saving|gained|lost|further|additional|up|down|decline\w*|increase\w*|clear|older"
    r"|younger|better|worse|beat|beyond)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:by|fell|rose|dropped|gained|lost|up|down) $", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:(?:\w+ )?(?:more|fewer|less|higher|lower|longer|shorter))\b")
_NEAR: Final = 45  # characters around a number in which it is told that it is a difference


def is_share(stated: Quantity, known: Iterable[Quantity]) -> bool:
    """About a quarter for 27 per cent, fewer than one in ten for 7.1 per cent."""
    return stated.kind == "fraction" and any(
        _rounds_to(part, stated)
        for quantity in known
        if quantity.kind in {"fraction", "percent"}
        for part in quantity.shares
    )


def is_ratio(stated: Quantity, known: Sequence[Quantity]) -> bool:
    """A third of the price for $16,500 after $46,000, two fifths for 22 of 55."""
    return stated.kind == "fraction" and any(
        _rounds_to(few / many, stated) for few, many in _pairs(known)
    )


def is_multiple(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Four times as many for 14,000 against 3,400."""
    if stated.kind != "count" or not _TIMES.match(sentence, stated.end):
        return False
    count = stated.values[0]
    for few, many in _pairs(known):
        times = many / few
        if stated.hedge == "over" and count <= times < min(count + 1, 1.5 * count):
            return True
        if stated.hedge == "under" and count - 1 < times <= count:
            return True
        near = _TIMES_ABOUT if stated.hedge == "about" else _TIMES_PLAIN
        if not stated.hedge.endswith("er") and abs(times - count) <= near * count:
            return True
    return False


def is_difference(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Six points more for 35 per cent after 29 per cent, $15 off for $165 cut to $150."""
    told = _SUM.search(sentence[: stated.start]) or _MORE.match(sentence, stated.end)
    points = stated.kind == "points" or stated.unit == "point"
    if not (points or (told and stated.kind in {"money", "count"})):
        return False
    kind = "percent" if points else stated.kind
    values = [q.values[0] for q in known if q.kind == kind]
    return any(math.isclose(abs(a - b), stated.values[0]) for a in values for b in values)


def is_difference_rounded(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Six dollars more for $36 and $30, 1.2 million fewer for 1.87 million after 3.1 million."""
    before = sentence[: stated.start]
    before = before.removesuffix(words_that_round(before))
    near = f"{before[-_NEAR:]} {sentence[stated.end : stated.end + _NEAR]}"
    points = stated.kind == "points" or stated.unit == "point"
    bare = stated.kind == "count" and not stated.unit
    told = _TOLD_BEFORE.search(sentence[: stated.start]) or (not bare and _TOLD.search(near))
    if not points and not (told and stated.kind in {"money", "count"}):
        return False
    kind = "percent" if points else stated.kind
    mine = _scaled(stated)
    low, high = _DIFFERENCE.get(stated.hedge, (1.0, 1.0))
    for few, many in _pairs(known, kind, "" if points else stated.unit):
        gap = many - few
        if low * mine * 0.999999 <= gap <= high * mine * 1.000001:
            return True
    return False


def _rounds_to(part: float, stated: Quantity) -> bool:
    mine = stated.shares[0]
    if stated.hedge == "over":
        return mine <= part <= min(mine + _SHARE_OVER[0], mine * _SHARE_OVER[1])
    if stated.hedge == "under":
        return max(mine - _SHARE_UNDER[0], mine * _SHARE_UNDER[1]) <= part <= mine
    if stated.hedge == "about":
        least, share, most = _SHARE_ABOUT
        reach = min(max(min(least, mine / 5), share * mine), most)
        return abs(part - mine) <= reach + 1e-9
    exact = math.isclose(mine, 0.5) or stated.kind == "percent"
    return abs(part - mine) < (1e-6 if exact else min(_SHARE_PLAIN, mine / 10))


def _scaled(quantity: Quantity) -> float:
    value = quantity.values[0]
    return value / 100 if quantity.unit in {"cent", "penny"} else value


def _pairs(
    known: Sequence[Quantity], kind: str = "", unit: str = ""
) -> Iterator[tuple[float, float]]:
    """The smaller and the larger of any two numbers that measure the same."""
    for measured in (kind,) if kind else ("count", "money", "percent"):
        of_kind = sorted(
            (q for q in known if q.kind == measured and q.values[0] > 0), key=lambda q: q.start
        )
        scores = list(pairwise(of_kind))
        scores = [(one, two) for one, two in scores if measured == "count" and _is_score(one, two)]
        single = [q for q in of_kind if not any(q in score for score in scores)]
        if len({q.values[0] for q in single}) > _FEW:
            single = []
        for one, two in (*scores, *combinations(single, 2)):
            apart = one.unit and two.unit and one.unit != two.unit
            units = {one.unit, two.unit} - {""}
            other = bool(unit and units) and not units & {unit, "cent"}
            few, many = sorted((_scaled(one), _scaled(two)))
            if few < many and not (apart and measured == "money") and not other:
                yield few, many


def _is_score(one: Quantity, two: Quantity) -> bool:
    """Two numbers with one mark between them, "414-112", are not compared with others."""
    return two.start - one.end == 1
