"""Whether the shares and rates of two sentences can be of one thing.

Nearly everything has a share, and each poll, month and group its own. So all that tells one from
another has to be the same in both sentences.
"""

from __future__ import annotations

import re

from assistant.support.conflicts.told import Told
from assistant.support.numbers.quantities import find_quantities
from assistant.support.text.meanings import root, senses
from assistant.support.text.words import word_set
from index.dates import find_dates

__all__ = ["is_one_share"]

# Days between two articles that speak of one share of one period.
_WITHIN = 3
_POLLS = re.compile(
    r"\b(?:poll|survey|respondent|approv|favorab|favourab|points?\b)", re.IGNORECASE
)
# What makes another rate of a rate, or another group of a group.
_APART = frozenset(
    root(word)
    for word in word_set(
        """
        core headline underlying annual annually yearly month monthly quarter quarterly year week
        weekly daily real nominal average record consumer producer wholesale retail food energy gas
        rent wage pay season adjust rise fall increase decrease up down higher lower gain lose cut
        raise drop grow growth decline jump climb forecast predict project initial preliminary final
        early new previous last next earlier more less men women male female white black hispanic
        young old adult child republican democrat half only remaining rest another other
        """
    )
)

_WAYS = {"up": frozenset({"rise", "raise", "gain"}), "down": frozenset({"fall", "cut", "loss"})}


def is_one_share(one: Told, other: Told) -> bool:
    """Whether the only shares that differ in two sentences may be of one thing, group and period.

    Args:
        one: A sentence with a share.
        other: A sentence of another article with another share.
    """
    days = one.days_from(other)
    if days is None or days > _WITHIN or any(_POLLS.search(told.text) for told in (one, other)):
        return False
    periods, others = _periods(one), _periods(other)
    mine, theirs = _shares(one), _shares(other)
    fewer, more = sorted((one.names, other.names), key=len)
    return (
        (periods == others if days else not (periods and others) or periods == others)
        and (days == 0 or bool(periods))
        and len(mine - theirs) == 1 == len(theirs - mine)
        and bool(fewer)
        and fewer <= more
        and _kinds(one) == _kinds(other)
        and bool(one.reading.hedged_by()) == bool(other.reading.hedged_by())
    )


def _shares(told: Told) -> frozenset[float]:
    return frozenset(q.values[0] for q in find_quantities(told.text) if q.kind == "percent")


def _kinds(told: Told) -> frozenset[str]:
    """What tells a rate or a group from others, and which way it goes."""
    return frozenset(
        next((way for way, words in _WAYS.items() if senses(root) & words), root)
        for root in told.roots & _APART
    )


def _periods(told: Told) -> frozenset[tuple[object, ...]]:
    return frozenset(
        days for mention in find_dates(told.text) for days in mention.days(told.date)[:1]
    )
