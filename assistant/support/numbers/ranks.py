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
_ANNIVERSARY = frozenset({"anniversary", "birthday", "year"})
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
    value = stated.values[0]
    if stated.kind == "ordinal":
        jubilee = stated.noun in _ANNIVERSARY
        return any(
            other.kind == "count"
            and other.values[0] == value
            and (
                (jubilee and other.unit == "year")
                or (_RUNNING.search(sentence) and any(_RUNNING.search(s) for s in sources))
            )
            for other in known
        )
    if stated.kind != "count":
        return False
    ranks = [q for q in known if q.kind in {"ordinal", "label"}]
    row = _RUNNING.search(sentence) and any(_RUNNING.search(source) for source in sources)
    near = sentence[max(0, stated.start - 30) : stated.end + 60]
    for other in ranks:
        rank = other.values[0]
        if rank == value and (row or stated.unit in _TIMES):
            return True
        aged = not stated.unit or stated.unit == "year"
        if aged and other.noun in _ANNIVERSARY and stated.hedge != "over":
            if rank == value:
                return True
        told = _AHEAD.search(near) and stated.unit not in _NOT_RANKED
        if rank == value + 1 and told:
            return True
    return False
