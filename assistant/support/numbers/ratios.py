"""What two numbers of the source make: a share, a multiple, a difference."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from assistant.support.numbers.number_words import MEASURES
from assistant.support.numbers.quantities import Quantity
from assistant.support.numbers.rounding import words_that_round

__all__ = ["is_difference", "is_multiple", "is_ratio", "is_rest", "is_share", "is_sum"]

# Reporters' usage, not measured: how far a share may be from the part that it is rounded to.
_SHARE_OVER: Final = (0.1, 1.5)
_SHARE_UNDER: Final = (0.1, 0.6)
_SHARE_ABOUT: Final = (0.02, 0.1, 0.05)
_SHARE_PLAIN: Final = 0.02
_TIMES_PLAIN: Final = 0.05
_TIMES_ABOUT: Final = 0.12
_DIFFERENCE: Final = {"about": (0.9, 1.1), "over": (1.0, 1.5), "under": (0.75, 1.0)}
# Among more numbers than this some ratio comes out by chance.
_FEW: Final = 6
_MEASURED = frozenset(MEASURES.values())
_TIMES = re.compile(r"\s+times\b|-fold\b|fold\b|\s+to one\b")
_TOLD_BEFORE = re.compile(
    r"\b(?:by|another|fell|rose|dropped|gained|lost|up|down)"
    r"(?: (?:about|over|nearly|almost|some|only))? $"
)
_TOLD = re.compile(
    r"\b(?:more|less|fewer|higher|lower|longer|shorter|cheaper|dearer|short|shy|above|below|beyond"
    r"|apart|separat\w+|gap|difference|margin|extra|exceeds?|ahead|behind|rose|fell|dropped|off"
    r"|saves?|saving|gained|lost|further|additional|up|down|decline\w*|increase\w*|clear|older"
    r"|younger|better|worse|beat|beyond)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+(?:(?:\w+ )?(?:more|fewer|less|higher|lower|longer|shorter))\b")
_DENIED = re.compile(
    r"\b(?:not?|nobody|none|never|nothing|neither|nor|rest|remain\w*|others?|lack\w*|fail\w*"
    r"|un[a-z]+ed)\b|n[’']t\b",
    re.IGNORECASE,
)
# What the source calls the rest: "the remaining third", "the other 40 per cent".
_THE_REST = re.compile(
    r"\b(?:remaining|remainder,?(?: of)?|other) (?:about |roughly |some )?$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:—–]| (?:and|while|with|but) ")
_ADDED = re.compile(r"(?: [\w’'-]+){0,5},? (?:and|plus|as well as) ")
_BY = re.compile(
    r"\b(?:cut|cuts|cutting|fell|falls?|fallen|dropp?(?:ed|s|ing)?|slash\w*|shr[iau]nk\w*|reduc\w+"
    r"|declin\w+|lower\w*|down) (?:[a-z]+ ){0,6}by $",
    re.IGNORECASE,
)
_NEAR: Final = 45  # characters around a number in which it is told that it is a difference


def is_share(stated: Quantity, known: Iterable[Quantity]) -> bool:
    """About a quarter for 27 per cent, fewer than one in ten for 7.1 per cent."""
    return stated.kind == "fraction" and any(
        _rounds_to(part, stated)
        for quantity in known
        if quantity.kind in {"fraction", "percent"}
        for part in quantity.shares
    )


def is_rest(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Iterable[Quantity]
) -> bool:
    """Nine in ten do not, for 10 per cent who do; two-thirds for "the remaining one-third"."""
    if stated.kind not in {"fraction", "percent"}:
        return False
    denied = _DENIED.search(sentence) is not None
    plain = not _DENIED.search(_clause(stated, sentence))
    return any(
        _rounds_to(1 - part, stated)
        for quantity in known
        if quantity.kind in {"fraction", "percent"}
        for part in quantity.shares
        for source in sources
        if 0 < part < 1
        and source[quantity.start : quantity.end] == quantity.text
        and (
            (denied and not _DENIED.search(_around(quantity, source)))
            or (plain and _THE_REST.search(source[: quantity.start]))
        )
    )


def _clause(quantity: Quantity, text: str) -> str:
    """What stands around a number up to the next marks and joints."""
    marks = list(_CLAUSE.finditer(text))
    begins = max((mark.end() for mark in marks if mark.end() <= quantity.start), default=0)
    ends = min((mark.start() for mark in marks if mark.start() >= quantity.end), default=len(text))
    return text[begins:ends]


def _around(quantity: Quantity, source: str) -> str:
    """The sentence that a number stands in."""
    begins = source.rfind(". ", 0, quantity.start) + 1
    ends = source.find(". ", quantity.end)
    return source[begins : ends if ends > 0 else len(source)]


def is_sum(stated: Quantity, sources: Sequence[str], known: Sequence[Quantity]) -> bool:
    """More than thirty for "13 of one kind and 20 of another"."""
    if stated.kind not in {"count", "money"}:
        return False
    low, high = _DIFFERENCE.get(stated.hedge, (1.0, 1.0))
    mine = _scaled(stated)
    for source in sources:
        parts = [
            q
            for q in known
            if q.kind == stated.kind and q.values[0] > 1 and source[q.start : q.end] == q.text
        ]
        parts.sort(key=lambda q: q.start)
        for one, two in pairwise(parts):
            whole = _scaled(one) + _scaled(two)
            one_of_them = one.unit != two.unit and stated.unit in {one.unit, two.unit}
            if one_of_them and stated.unit:
                continue
            if low * mine * 0.999999 <= whole <= high * mine * 1.000001 and _ADDED.fullmatch(
                source[one.end : two.start]
            ):
                return True
    return False


def is_ratio(stated: Quantity, known: Sequence[Quantity], before: str = "") -> bool:
    """A third of the price for $16,500 after $46,000, two fifths for 22 of 55.

    Args:
        stated: The share.
        known: The numbers of the sources.
        before: What stands before it: "cut by three-quarters" is what is gone, for 200 after 800.
    """
    if stated.kind != "fraction":
        return False
    gone = _BY.search(before.removesuffix(words_that_round(before))) is not None
    return any(
        _rounds_to(1 - few / many if gone else few / many, stated) for few, many in _pairs(known)
    )


def is_multiple(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Four times as many for 14,000 against 3,400, or for 4.1 times."""
    if stated.kind != "count" or not _TIMES.match(sentence, stated.end):
        return False
    count = stated.values[0]
    said = [q.values[0] for q in known if q.kind == "count" and q.unit == stated.unit]
    for times in (*said, *(many / few for few, many in _pairs(known))):
        if stated.hedge == "over" and count <= times < min(count + 1, 1.5 * count):
            return True
        if stated.hedge == "under" and count - 1 < times <= count:
            return True
        near = _TIMES_ABOUT if stated.hedge == "about" else _TIMES_PLAIN
        if not stated.hedge.endswith("er") and abs(times - count) <= near * count:
            return True
    return False


def is_difference(stated: Quantity, sentence: str, known: Sequence[Quantity]) -> bool:
    """Six points more for 35 per cent after 29 per cent, 1.2 million fewer for 1.87 after 3.1."""
    before = sentence[: stated.start]
    before = before.removesuffix(words_that_round(before))
    near = f"{before[-_NEAR:]} {sentence[stated.end : stated.end + _NEAR]}"
    points = stated.kind == "points" or stated.unit == "point"
    bare = stated.kind == "count" and not stated.unit
    next_to_it = _TOLD_BEFORE.search(sentence[: stated.start]) or _MORE.match(sentence, stated.end)
    told = next_to_it or (not bare and _TOLD.search(near))
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
    return abs(part - mine) <= (1e-6 if exact else min(_SHARE_PLAIN, mine / 10)) + 1e-9


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
            coins = {"dollar", "euro", "pound"} if unit in {"cent", "penny"} else set[str]()
            other = bool(unit and units) and not units & {unit, "cent", *coins}
            few, many = sorted((_scaled(one), _scaled(two)))
            apart = apart and (measured == "money" or {one.unit, two.unit} <= _MEASURED)
            if few < many and not apart and not other:
                yield few, many


def _is_score(one: Quantity, two: Quantity) -> bool:
    """Two numbers with one mark between them, "414-112", are not compared with others."""
    return two.start - one.end == 1 and one.text[-1].isdigit() and two.text[0].isdigit()
