"""Every date of a sentence is in the source, which is read against its publication date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.support.dated_otherwise import is_dated_otherwise
from assistant.support.evidence import Evidence, Outcome
from index.dates import DateMention, Days, find_dates

__all__ = ["check_dates"]

_REPORTED = re.compile(
    r"\b(?:as of|dated|published|reported|report of|article (?:of|from)|article)"
    r"(?:\s+\w+){0,2}\s*[(,]?\s*(?:on\s+)?$",
    re.IGNORECASE,
)

_SEASON = re.compile(
    r"\bthis (?:(?:post)?season|spring|summer|autumn|fall|winter)\b", re.IGNORECASE
)
# What is called by the day it happened on or is about.
_EVENT = re.compile(
    r"\s(?:attacks?|committee|hearings?|inquiry|insurrection|investigation|massacre|panel|probe"
    r"|protests?|riots?|rioters?|siege|trials?|uprising)\b"
)
# "Later this year" says when.
_ON_ONE_SIDE = re.compile(
    r"\b(?:earlier|later|early|late|before|after|since|until|till|by|from|to|in)(?: in)? $",
    re.IGNORECASE,
)
_YEAR_OR_MONTH = re.compile(r"(?:year|month)$")
_LEAD = re.compile(r"^(?:before|of|by)\s+", re.IGNORECASE)
_LIMITS = {
    "before": re.compile(r"\bbefore (?:the (?:start|beginning) of )?$", re.IGNORECASE),
    "by": re.compile(r"\b(?:by|until|till|before) (?:the )?(?:end|close) of $", re.IGNORECASE),
}
_EVENTS_OF = re.compile(r"\bevents of $")
# "The 11th [of November]", as what was said is completed.
_BRACKETS = str.maketrans("[]", "  ")
_SHORT_DECADE = re.compile(r"(?<!\w)['’]([2-9]0)s\b")


def check_dates(
    sentence: str,
    evidence: Sequence[Evidence],
    *,
    as_of: dt.date | None = None,
) -> Outcome:
    """Check that the evidence mentions every date of the sentence.

    Args:
        sentence: The sentence of the answer.
        evidence: The cited texts; each is read against the date of its article.
        as_of: The day from which the sentence speaks; without it, the day of each article.
    """
    stated = find_dates(sentence)
    known = [
        (mention, item.date)
        for item in evidence
        for mention in find_dates(_SHORT_DECADE.sub(r"19\1s", item.text.translate(_BRACKETS)))
    ]
    missing = [
        mention
        for mention in stated
        if not any(
            _backs(reading, other, date, as_of or date)
            for reading in (mention, mention.swapped)
            for other, date in known
            if reading
        )
        and not _is_publication(mention, sentence, evidence)
        and not _is_bare_number(mention, evidence)
        and not _is_this_season(mention, evidence)
        and not _is_year_of_publication(mention, sentence, evidence)
        and not _names_an_event(mention, sentence, evidence)
        and not is_dated_otherwise(mention, [item.text for item in evidence])
        and not _is_in_parts(mention, evidence)
        and not _is_the_year_after(mention, sentence, known)
        and not _is_another_end(mention, sentence, evidence)
    ]
    reasons = [_reason(mention, [other for other, _ in known]) for mention in missing]
    return Outcome(len(stated), tuple(dict.fromkeys(reasons)))


def _backs(
    stated: DateMention, known: DateMention, published: dt.date | None, today: dt.date | None
) -> bool:
    if _same_words(stated, known) or _states_no_less(stated, known):
        return True
    return any(_lies_in(days, stated, today) for days in known.days(published))


def _same_words(stated: DateMention, known: DateMention) -> bool:
    """The sentence repeats the source's "on Tuesday" or "last week"."""
    if stated.grain == known.grain == "relative":
        return stated.relative == known.relative
    if stated.grain != "weekday" or stated.weekday != known.weekday:
        return False
    return stated.direction == known.direction or not (stated.direction and known.direction)


def _states_no_less(stated: DateMention, known: DateMention) -> bool:
    """Every part that the sentence states, the source states alike."""
    parts = [
        (stated.year, known.year),
        (stated.month, known.month),
        (stated.day, known.day),
        (stated.decade, known.decade),
    ]
    if stated.weekday is not None and known.weekday != stated.weekday:
        return False
    told = [(s, k) for s, k in parts if s]
    return bool(told) and all(s == k for s, k in told)


def _lies_in(days: Days, stated: DateMention, today: dt.date | None) -> bool:
    first, last = days
    if stated.decade or stated.relative or stated.grain == "weekday":
        return any(start <= first and last <= end for start, end in stated.days(today))
    if stated.weekday not in {None, first.weekday()}:
        return False
    return (
        (not stated.year or first.year == last.year == stated.year)
        and (
            not stated.month
            or (first.month == last.month == stated.month and first.year == last.year)
        )
        and (not stated.day or (first == last and first.day == stated.day))
    )


def _is_publication(stated: DateMention, sentence: str, evidence: Sequence[Evidence]) -> bool:
    """The sentence says when it was reported, and that is the article's date."""
    if not _REPORTED.search(sentence[: stated.start]):
        return False
    return any(item.date and _lies_in((item.date, item.date), stated, None) for item in evidence)


def _is_bare_number(stated: DateMention, evidence: Sequence[Evidence]) -> bool:
    """A bare "2000" that counts something stands in the source as 2,000."""
    if stated.grain != "year":
        return False
    grouped = f"{stated.year:,}"
    return any(grouped in item.text for item in evidence)


def _is_this_season(stated: DateMention, evidence: Sequence[Evidence]) -> bool:
    """The sentence says "this year" for "this season" or "this summer"."""
    return stated.text.lower() == "this year" and any(_SEASON.search(e.text) for e in evidence)


def _is_year_of_publication(
    stated: DateMention, sentence: str, evidence: Sequence[Evidence]
) -> bool:
    """News that mentions no year is of its own: "this year", or 2022 where it came out then."""
    return not _ON_ONE_SIDE.search(sentence[: stated.start]) and any(
        (
            stated.relative == "this year"
            or (stated.grain == "year" and stated.year == item.date.year)
        )
        and not any(
            other.year or other.decade or "year" in other.relative
            for other in find_dates(item.text)
        )
        for item in evidence
        if item.date
    )


def _names_an_event(stated: DateMention, sentence: str, evidence: Sequence[Evidence]) -> bool:
    """A day that an event is called by, "the June 3 panel", is a name, as the context may have."""
    named = _EVENT.match(sentence, stated.end) or _EVENTS_OF.search(sentence[: stated.start])
    day = bool(stated.month and stated.day and not stated.year and named)
    return day and any(
        (other.month, other.day) == (stated.month, stated.day)
        for item in evidence
        for other in find_dates(item.context)
    )


def _is_in_parts(stated: DateMention, evidence: Sequence[Evidence]) -> bool:
    """The source says "in 2021" and then "on 18 February"; for a day that would be too loose."""
    if not (stated.year and stated.month) or stated.day:
        return False
    for item in evidence:
        year = None
        for other in find_dates(item.text):
            if other.grain == "year":
                year = other.year
            if (other.month, year) == (stated.month, stated.year) and not other.year:
                return True
    return False


def _is_the_year_after(
    stated: DateMention, sentence: str, known: Sequence[tuple[DateMention, dt.date | None]]
) -> bool:
    """The source says 2021, or "last year" in 2022, the sentence "the next year" behind 2020."""
    if stated.relative not in {"next year", "following year"}:
        return False
    before = sentence[: stated.start]
    years = [m.year for m in find_dates(before) if m.year]
    told_from_then = stated.relative == "following year" or before.endswith("the ")
    return bool(years) and any(
        days == _whole_year(years[-1] + 1)
        for other, published in known
        if other.year or (other.relative == "last year" and told_from_then)
        for days in other.days(published)
    )


def _whole_year(year: int) -> Days:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _is_another_end(stated: DateMention, sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Before 2027 for "by the end of 2026", by the end of May for "before June"."""
    mine = _limit(stated, sentence)
    return bool(mine) and any(
        _first_after(mine, days) == _first_after(theirs, others)
        for item in evidence
        for other in find_dates(item.text)
        if (theirs := _limit(other, item.text)) not in {"", mine}
        for others in other.days(item.date)
        for days in stated.days(item.date)
    )


def _limit(mention: DateMention, text: str) -> str:
    """How a year or a month limits a time: "before" it or "by" its end; else empty."""
    if not _YEAR_OR_MONTH.search(mention.grain) and not _YEAR_OR_MONTH.search(mention.relative):
        return ""
    bare = _LEAD.sub("", mention.text)
    lead = text[: text.rfind(bare, 0, mention.end)]
    return next((side for side, form in _LIMITS.items() if form.search(lead)), "")


def _first_after(side: str, days: Days) -> dt.date:
    """The first day that is too late."""
    return days[0] if side == "before" else days[1] + dt.timedelta(days=1)


def _reason(stated: DateMention, known: Sequence[DateMention]) -> str:
    alike = {other.text for other in known if other.grain == stated.grain}
    if len(alike) == 1 and stated.grain != "relative":
        return f"the source says {alike.pop()}, not {stated.text}"
    return f"“{stated.text}” is not in the source"
