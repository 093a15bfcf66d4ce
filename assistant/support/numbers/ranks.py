"""Places in a row as counts, and the other way round: ten months running for the tenth month."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.numbers.number_words import MEASURES
from assistant.support.numbers.quantities import Quantity
from assistant.support.text.words import stem

__all__ = ["are_others", "is_rank"]

_RUNNING = re.compile(
    r"\b(?:in a row|running|straight|consecutive|consecutively|on end|successive)\b", re.IGNORECASE
)
_TIMES = frozenset(map(stem, ("time", "season", "win", "victory", "title", "game", "goal")))
_AHEAD = re.compile(
    r"\b(?:only|just|alone|ahead|above|better|fewer|less|more|higher|lower|larger|bigger"
    r"|other|others|before|earlier|previous)\b",
    re.IGNORECASE,
)
# One of five and "four others"; "she and three other judges" are four.
_OTHERS = re.compile(r" (?:[a-z]+ )?others?\b")
_BEFORE_OTHERS = re.compile(r"\bother $")
# "Four times the size" has nothing to do with a fourth.
_MULTIPLIED = re.compile(r" times (?:as|more|less|the|its|his|her|their|what|[a-z]+er)\b")
_NUMBERED = re.compile(r"\b(?:number|no\.) $", re.IGNORECASE)
_ANNIVERSARY = frozenset({"anniversary", "birthday", "year"})
_BEFORE, _BEHIND = 30, 60  # characters in which a number says that it is ahead of something
_NOT_RANKED = frozenset(map(stem, MEASURES.values())) | {stem("time")}


def is_rank(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> bool:
    """Whether a rank of the source says the number, or a count of the source the rank.

    Args:
        stated: The number.
        sentence: The sentence of the answer.
        sources: The cited texts.
        known: The numbers of the sources.
    """
    row = _RUNNING.search(sentence) and any(_RUNNING.search(source) for source in sources)
    if stated.kind == "ordinal":
        return any(_is_counted(stated, other, row=bool(row)) for other in known)
    near = sentence[max(0, stated.start - _BEFORE) : stated.end + _BEHIND]
    ahead = stated.unit not in _NOT_RANKED and _AHEAD.search(near) is not None
    numbered = _NUMBERED.search(sentence[: stated.start]) is not None
    if stated.kind not in {"count", "label"}:
        return False
    multiplied = _MULTIPLIED.match(sentence, stated.end) is not None
    return any(
        (_is_nth(stated, other, row=bool(row) or numbered) and not multiplied)
        or (_ranked(other) and ahead and other.values[0] == stated.values[0] + 1)
        for other in known
    ) or _is_with_others(stated, sentence, sources, known)


def _is_with_others(
    stated: Quantity, sentence: str, sources: Sequence[str], known: Sequence[Quantity]
) -> bool:
    """One and so many others of the source's number, or one and the source's so many others."""
    if are_others(stated, sentence):
        return any(q.kind == "count" and q.values[0] == stated.values[0] + 1 for q in known)
    return any(
        other.kind == "count"
        and other.values[0] == stated.values[0] - 1
        and source[other.start : other.end] == other.text
        and are_others(other, source)
        for other in known
        for source in sources
    )


def are_others(count: Quantity, text: str) -> bool:
    """Whether a number counts others: "four others", "three other judges", "other two"."""
    behind = _OTHERS.match(text, count.end)
    return behind is not None or _BEFORE_OTHERS.search(text[: count.start]) is not None


def _ranked(quantity: Quantity) -> bool:
    return quantity.kind in {"ordinal", "label"}


def _is_counted(nth: Quantity, count: Quantity, *, row: bool) -> bool:
    """The tenth anniversary for ten years, a third win running for three straight."""
    jubilee = nth.noun in _ANNIVERSARY and count.unit == "year"
    return count.kind == "count" and count.values[0] == nth.values[0] and (jubilee or row)


def _is_nth(count: Quantity, nth: Quantity, *, row: bool) -> bool:
    """Ten months running for the tenth month in a row, 75 titles for a 75th one.

    "Nearly forty" is said for a 40th birthday, but a second day is not two days.
    """
    if not _ranked(nth) or nth.values[0] != count.values[0]:
        return False
    if nth.noun in _ANNIVERSARY:
        return row or (count.unit in {"", "year"} and count.hedge != "over")
    alike = count.unit == nth.unit and count.unit not in _NOT_RANKED
    return row or alike or count.unit in _TIMES or not count.unit
