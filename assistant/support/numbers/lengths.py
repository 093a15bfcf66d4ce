"""Lengths of time in other units: six weeks or so for 45 days, three decades for 30 years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.support.numbers.elapsed import elapsed
from assistant.support.numbers.number_words import ORDINALS
from assistant.support.numbers.quantities import Quantity
from assistant.support.numbers.rounding import hedge_of
from assistant.support.numbers.spans import DAYS, Span, find_spans

__all__ = ["is_as_long", "other_length", "rounds_to"]

# How far a length may be from the units that are counted, as a share of them, without a word that
# rounds: a month has 28 to 31 days. Reporters' usage, like the other limits here; not measured.
_PLAIN: Final = 0.05
_SLACK: Final = 0.02
_ABOUT_SHARE: Final = 0.1
_ABOUT_UNITS: Final = 0.5
_ABOUT_FEW: Final = 0.2  # of what is at most one or two
_FAR: Final = 1.6
_FAR_MANY: Final = 1.25
_ONE = re.compile(r"an?\b", re.IGNORECASE)
_STRESSED = re.compile(r"\b(?:full|whole|half)\b", re.IGNORECASE)
_NTH_IN_A_ROW = re.compile(
    rf"\b(?P<nth>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))[- ]"
    r"(?:(?:straight|consecutive|successive) (?P<unit>day|week|month|year)\b"
    r"|(?P<other>day|week|month|year)(?= (?:in a row|running)\b)"
    r"|(?:anniversary|birthday))",
    re.IGNORECASE,
)
# "Three years in a row" are years in which something was so, not the time between two of them.
_IN_A_ROW = re.compile(r" (?:in a row|running|in succession|on end)\b")


def is_as_long(stated: Quantity, sentence: str, sources: Sequence[str], year: int | None) -> bool:
    """Whether a length of time of the sentence is one of the source's, or lies between its dates.

    Args:
        stated: A number of the sentence.
        sentence: The sentence of the answer.
        sources: The cited texts.
        year: When they were published.
    """
    return any(
        rounds_to(length, span, stated.hedge or span.hedge, same_unit=unit == span.unit)
        for span in find_spans(sentence)
        if span.start < stated.end and stated.start < span.end
        for source in sources
        for length, unit in _lengths(
            source, year, row=_IN_A_ROW.match(sentence, span.end) is not None
        )
    )


def other_length(sentence: str, sources: Sequence[str], year: int | None) -> str:
    """A length of one unit that the sentence stresses and the sources, which have others, do not.

    "A full hour" and "over a month" state how long; "a year" may be any.

    Args:
        sentence: The sentence of the answer.
        sources: The cited texts.
        year: When they were published.

    Returns:
        Its words, or an empty text.
    """
    known = [length for source in sources for length in _lengths(source, year, row=False)]
    if not any(find_spans(source) for source in sources):
        return ""
    for span in find_spans(sentence):
        words = sentence[span.start : span.end]
        before = sentence[: span.start]
        hedge = hedge_of(before, sentence[span.end :])
        stressed = hedge or _STRESSED.search(words)
        if (
            _ONE.match(words)
            and stressed
            and not any(
                rounds_to(days, span, hedge, same_unit=unit == span.unit) for days, unit in known
            )
        ):
            return words
    return ""


def rounds_to(days: float, span: Span, hedge: str, *, same_unit: bool = False) -> bool:
    """Whether so many days are the span, as its rounding word ("about", "over", ...) has it."""
    count, many = span.count, days / span.unit_days
    slack = 1e-6 if same_unit else _SLACK
    if hedge == "over":
        return count * (1 - slack) <= many < max(min(count + 1, count * _FAR), count * _FAR_MANY)
    if hedge == "under":
        return max(count - 1, count / _FAR) < many <= count * (1 + slack)
    if hedge == "about":
        few = min(_ABOUT_UNITS, _ABOUT_FEW * count)
        return abs(many - count) <= max(few, _ABOUT_SHARE * count) * 1.001
    return abs(many - count) <= count * (1e-6 if same_unit else _PLAIN)


def _lengths(source: str, year: int | None, *, row: bool) -> Iterator[tuple[float, str]]:
    """Lengths of time in days, and the unit that the source counts them in."""
    for span in find_spans(source):
        yield span.count * span.unit_days, span.unit
    for match in _NTH_IN_A_ROW.finditer(source):
        word = match["nth"].lower()
        count = ORDINALS.get(word) or int(word.rstrip("sthndr"))
        unit = (match["unit"] or match["other"] or "year").lower()
        yield count * DAYS[unit], unit
    if not row:
        yield from elapsed(source, year)
