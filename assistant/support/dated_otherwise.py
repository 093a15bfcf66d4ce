"""Times that a source gives in other words: today for currently, a year ago for a year earlier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.numbers.number_words import CARDINALS
from assistant.support.numbers.spans import find_spans, same_span
from index.dates import DateMention

__all__ = ["is_dated_otherwise"]

_NOW = re.compile(
    r"\b(?:current(?:ly)?|now|nowadays|still|modern|present|these days)\b", re.IGNORECASE
)
# Behind a length of time: it is counted back from now or from then.
_EARLIER = re.compile(
    r"\s(?:earlier|before|prior|later|ago|previously|previous|since)\b", re.IGNORECASE
)
# Days that are called by a feast, as (month, day).
_FEASTS = {
    re.compile(rf"\b(?:{named})\b"): day
    for named, day in {
        "Christmas Eve": (12, 24),
        "Christmas Day|Christmas morning": (12, 25),
        "Boxing Day": (12, 26),
        "New Year[’']s Eve": (12, 31),
        "New Year[’']s Day": (1, 1),
        "Valentine[’']s Day": (2, 14),
        "St\\.? Patrick[’']s Day": (3, 17),
        "Juneteenth": (6, 19),
        "Fourth of July|July Fourth": (7, 4),
        "Bastille Day": (7, 14),
        "Halloween": (10, 31),
    }.items()
}
_YEARLY = re.compile(
    r"\b(?:over|from|than|in|on|to) (?:the )?(?:prior|previous|last) (?P<unit>year|month|week)\b"
    r"|\byear[- ](?:over|on)[- ](?P<year>year)\b",
    re.IGNORECASE,
)
# Behind these a length of time reaches up to now: "he has led it for three years".
_SO_LONG = re.compile(r"\b(?:for|been)\s(?:\w+\s)?$", re.IGNORECASE)
_NEW_YEAR = re.compile(
    r"\b(?:start|beginning) of (?:the|this) year\b|\bso far (?:this year|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_QUARTERS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
_YEARS_LATER = re.compile(
    r"\b(?P<count>[a-z]+|\d{1,2}) years? (?:later|after(?:wards?)?)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CENTURY_WORDS = {18: "eighteenth", 19: "nineteenth", 20: "twentieth", 21: "twenty-first"}
_CENTURIES = {n: f"{n}{'st' if n == 21 else 'th'} century" for n in range(16, 22)}


def is_dated_otherwise(stated: DateMention, sources: Sequence[str]) -> bool:
    """Whether a source says a date of the sentence in other words.

    Args:
        stated: The date, which no date of the sources backs.
        sources: The cited texts.
    """
    said = re.compile(rf"(?<!\w){re.escape(stated.text)}(?!\w)")
    return any(
        (stated.month and said.search(source))
        or (stated.relative == "today" and _NOW.search(source))
        or _is_ago(stated, source)
        or _begins_or_ends(stated, source)
        or _is_years_later(stated, source)
        or _is_of_a_span(stated, source)
        or _is_a_span_beside(stated, source)
        or _is_century(stated, source)
        or _is_month_before_colon(stated, source)
        or _is_a_feast(stated, source)
        for source in sources
    )


def _is_ago(stated: DateMention, source: str) -> bool:
    """A year ago for a year earlier, or over the prior year."""
    if not stated.relative.endswith(" ago"):
        return False
    mine = find_spans(stated.relative)
    theirs = [
        span
        for span in find_spans(source)
        if _EARLIER.match(source, span.end) or _SO_LONG.search(source[: span.start])
    ]
    units = {(m["unit"] or m["year"]).lower() for m in _YEARLY.finditer(source)}
    return any(same_span(span, theirs) for span in mine) or any(
        same_span(span, find_spans(f"a {unit}")) for span in mine for unit in units
    )


def _begins_or_ends(stated: DateMention, source: str) -> bool:
    """January for the start of the year, April or June for the second quarter."""
    if not stated.month or stated.day or stated.year:
        return False
    quarter = _QUARTERS[(stated.month + 2) // 3]
    within = stated.month % 3 != 2 and re.search(rf"\b{quarter} quarter\b", source) is not None
    return within or (stated.month == 1 and _NEW_YEAR.search(source) is not None)


def _is_years_later(stated: DateMention, source: str) -> bool:
    """1985 for two years later behind 1983."""
    if stated.grain != "year":
        return False
    for later in _YEARS_LATER.finditer(source):
        years = _YEAR.findall(source[: later.start()])
        count = later["count"].lower()
        number = int(count) if count.isdigit() else CARDINALS.get(count)
        if years and number and stated.year == int(years[-1]) + number:
            return True
    return False


def _is_of_a_span(stated: DateMention, source: str) -> bool:
    """This year for the best of the year, this week for later in the week."""
    which, _, span = stated.relative.partition(" ")
    if which != "this":
        return False
    return re.search(rf"\b(?:in|of|on) the {span}\b", source, re.IGNORECASE) is not None


def _is_a_span_beside(stated: DateMention, source: str) -> bool:
    """The past decade for the last 10 years or a decade-high, next year for the subsequent one."""
    which, _, span = stated.relative.partition(" ")
    if which in {"next", "following", "coming"}:
        return re.search(rf"\b(?:subsequent|ensuing|upcoming) {span}\b", source) is not None
    if which not in {"last", "past", "previous"}:
        return False
    if re.search(rf"\b(?:last|past|previous) [a-z]+ {span}\b|\b{span}-(?:high|low)\b", source):
        return True
    mine = find_spans(f"a {span}")
    last = re.finditer(r"\b(?:last|past|previous) (\w+)(?: (?:or|to) \w+)? (\w+)", source)
    return any(same_span(one, find_spans(f"{m[1]} {m[2]}")) for m in last for one in mine)


def _is_century(stated: DateMention, source: str) -> bool:
    """The 1700s for the 18th century, 1900 for the turn of the 20th."""
    first = stated.decade or (stated.year if stated.grain == "year" else None)
    if not first or first % 100:
        return False
    century = _CENTURIES.get(first // 100 + 1, "")
    lead = "" if stated.decade else "turn of the "
    words = f"{_CENTURY_WORDS.get(first // 100 + 1)} century"
    return bool(century) and (f"{lead}{century}" in source or f"{lead}{words}" in source)


def _is_month_before_colon(stated: DateMention, source: str) -> bool:
    """October 18 for "Oct. 18: Officers …"."""
    if not (stated.month and stated.day) or stated.year:
        return False
    name = stated.text.split()[0][:3]
    return re.search(rf"\b{name}[a-z]*\.? {stated.day}:(?!\d)", source) is not None


def _is_a_feast(stated: DateMention, source: str) -> bool:
    """December 25 for Christmas Day."""
    day = (stated.month, stated.day)
    return any(
        day == (month, on) and named.search(source) for named, (month, on) in _FEASTS.items()
    )
