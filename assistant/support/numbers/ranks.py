"""Places in a row as counts, and the other way round: ten months running for the tenth month."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.numbers.number_words import MEASURES
from assistant.support.numbers.quantities import Quantity

__all__ = ["is_rank"]

_RUNNING = re.compile(
    r"\b(?:in a row|running|straight|consecutive|consecutively|on end|successive)\b", re.IGNORECASE
)
_TIMES = frozenset({"time", "season", "win", "victory", "title", "game", "goal"})
_AHEAD = re.compile(
    r"\b(?:only|just|alone|ahead|above|better|fewer|less|more|higher|lower|larger|bigger"
    r"|other|others)\b",
    re.IGNORECASE,
)
# One of five and "four others".
_OTHERS = re.compile(r" (?:[a-z]+ )?others\b")
_ANNIVERSARY = frozenset({"anniversary", "birthday", "year"})
_BEFORE, _BEHIND = 30, 60  # characters in which a number says that it is ahead of something
_NOT_RANKED = frozenset(MEASURES.values()) | {"time"}


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
    others = _OTHERS.match(sentence, stated.end) is not None
    return stated.kind == "count" and any(
        _is_nth(stated, other, row=bool(row))
        or (_ranked(other) and ahead and other.values[0] == stated.values[0] + 1)
        or (other.kind == "count" and others and other.values[0] == stated.values[0] + 1)
        for other in known
    )


def _ranked(quantity: Quantity) -> bool:
    return quantity.kind in {"ordinal", "label"}


def _is_counted(nth: Quantity, count: Quantity, *, row: bool) -> bool:
    """The tenth anniversary for ten years, a third win running for three straight."""
    jubilee = nth.noun in _ANNIVERSARY and count.unit == "year"
    return count.kind == "count" and count.values[0] == nth.values[0] and (jubilee or row)


def _is_nth(count: Quantity, nth: Quantity, *, row: bool) -> bool:
    """Ten months running for the tenth month in a row, nearly forty for a 40th birthday."""
    aged = count.unit in {"", "year"} and nth.noun in _ANNIVERSARY and count.hedge != "over"
    return (
        _ranked(nth) and nth.values[0] == count.values[0] and (row or count.unit in _TIMES or aged)
    )
