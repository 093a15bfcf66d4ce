"""When what a sentence says happened: the day it states, or that of its article.

A sentence may name days on which something else happened: “who was injured on Tuesday has died”,
“the accident of 5 November”, “the first since 2009”. Where it is not clear that a day is that of
what the sentence tells, the article's date counts, which is never far off in news.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.timeline.clauses import (
    SAID,
    clause_before,
    clauses_behind,
    is_beside,
    may_be_beside,
)
from assistant.timeline.values import DatedBy
from assistant.timeline.years import Years, is_a_name
from index.dates import DateMention, Days, find_dates

__all__ = ["Dating", "date_of"]

_NONE_GIVEN: Years = {}
# What a clause says of the time of its date.
_Time = Literal["ahead", "done", "present", "any"]
# A longer time that the article's day lies in (“this year”), or that is to come (“in autumn”),
# says less than that day.
_COARSE = 7
# What is to come is not so many days past, nor what was done so many ahead.
_NEAR = 30
# Days after its date on which an article may still be added to.
_WRITTEN_ON = 2

_CLAIMED = (
    r"\b(?:claim(?:s|ed)?|den(?:y|ies|ied)|believes?|thinks?|warn(?:s|ed)?|argue[sd]?|insist(?:s|ed)?"
    r"|suggest(?:s|ed)?|(?<!an )estimate[sd]?|accuse[sd]?)\b"
)
# What was said to have been before it was said.
_EARLIER = re.compile(rf"(?:{SAID}.*\b(?:had|has|have)\b|{_CLAIMED})", re.IGNORECASE)
# Words right before a date that make it part of a name for something, or a limit.
_PART_OF = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|by|for|through|between|to|about|regarding"
    r"|surrounding|investigat(?:e|es|ed|ing)|condemned|dated(?: back to)?)|['’]s)\s+"
    r"(?:early\s+|late\s+|mid-?\s*)?$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?<!\bend )(?<!\bstart )(?<!\bbeginning )(?<!\bmiddle )(?<!\bhours )(?<!\bmorning )"
    r"(?<!\bevening )(?<!\bnight )(?<!\bafternoon )(?<!\bweekend )(?<!\bcourse )\bof\s*$"
    r"|\b(?:by|through|to|towards?|before|after|since) (?:the )?(?:very )?"
    r"(?:end|start|beginning|middle) of\s*$",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"(?:since|by|until|till|before|after|from|through)\b", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"\b(?:in|during|throughout|early|late|mid)[\s-]+$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|(?:is|are) (?:to|due|set|scheduled|expected|planned|going)\b"
    r"|(?:plans?|hopes?|intends?|expects?) to|scheduled|upcoming|tomorrow)\b|['’]ll\b",
    re.IGNORECASE,
)
# “meets on Thursday”: what a timetable says is put in the present.
_TIMETABLE = re.compile(
    r"\b(?:meets|votes|go(?:es)? to|begins|starts|opens|resumes|takes place|ends|closes|launches"
    r"|airs|premieres|faces|goes on|returns)\b(?:\s+\w+){0,3}\s+(?:on\s+)?$",
    re.IGNORECASE,
)
# What was done on a day: the verb stands right before it (“told the council on Monday that”), or
# right behind it (“the mayor on Monday announced”); what is to come is then another matter.
_NOT_BARE = r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bthe )(?<!\ba )(?<!\ban )"
_DID = rf"(?:{SAID}|{_NOT_BARE}\b(?!scheduled|planned|expected|due|set)\w{{2,}}ed\b)"
_OWN = r"(?:the|a|an|his|her|its|their|this)\s+"
_NOUN = rf"(?!(?:{_OWN}|it|he|she|they|that\b))[\w’'.-]+"
_SAID_TO = (
    rf"(?:\btold\s+(?:{_OWN})?{_NOUN}(?:\s+{_NOUN}){{0,2}}|{SAID})"
    rf"(?:\s+(?:in|at|to|during|outside|after)\s+(?:{_OWN})?{_NOUN}){{0,2}}"
)
_DONE_BEFORE = re.compile(
    rf"(?<!\bbe\s)(?:{_SAID_TO}|{_DID})\s+(?:(?:late|early|again)\s+)?(?:on\s+)?$", re.IGNORECASE
)
_DONE_BEHIND = re.compile(rf"\s+(?:also\s+|again\s+|\w+ly\s+)?{_DID}", re.IGNORECASE)
_PAST = re.compile(rf"(?<!\bbe )(?:{SAID}|\b(?:was|were|did)\b)", re.IGNORECASE)
_PRESENT = re.compile(r"\b(?:is|are|isn['’]t|aren['’]t|remains?|can|must|should|may|might)\b")
# Where the clause of a date ends without a comma: what follows has a time of its own.
_NEXT_CLAUSE = re.compile(
    r"\b(?:that|who|whom|whose|which|where|what|how|why|because|if|unless|although|though|whether"
    r"|(?:and|but)\s+(?=(?:(?:it|he|she|they|we)\s+)?(?:will|is|are|plans?|hopes?|intends?)\b))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|^[^“”]*”|\"[^\"]*(?:\"|$)")


@dataclass(frozen=True, slots=True)
class Dating:
    """The days on which something happened, and what says so; see `Entry`."""

    first: dt.date
    last: dt.date
    by: DatedBy
    words: str = ""

    @property
    def middle(self) -> dt.date:
        """The day in the middle, by which a month or a year has its place among days."""
        return self.first + (self.last - self.first) / 2


def date_of(sentence: str, published: dt.date | None, years: Years = _NONE_GIVEN) -> Dating | None:
    """When what a sentence says happened; None where neither it nor its article says so.

    Args:
        sentence: The sentence.
        published: The date of its article.
        years: The years of days that its article gives without one.
    """
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    found = [
        (days, mention)
        for mention in find_dates(sentence)
        if not any(start <= mention.start < end for start, end in quoted)
        and not _is_of_something_else(sentence, mention)
        and (days := _meant(mention, published, _tense(sentence, mention), years))
        and not _says_less(days, published)
    ]
    if not found:
        return Dating(published, published, "article") if published else None
    # The finest of those that are surely meant, and of these the first; days of one range are taken
    # together.
    (first, last), chosen = min(
        found,
        key=lambda one: (may_be_beside(sentence[: one[1].start]), (one[0][1] - one[0][0]).days),
    )
    for days, mention in found:
        if mention.start == chosen.start:
            first, last = min(first, days[0]), max(last, days[1])
    if published and first <= published < last:
        last = published
    return Dating(first, last, "sentence", chosen.text)


def _is_of_something_else(sentence: str, mention: DateMention) -> bool:
    before, after = sentence[: mention.start], sentence[mention.end :]
    of = f"{before}of" if mention.text.lower().startswith("of ") else before
    if (
        mention.text == "TODAY"
        or after.startswith(("'s ", "’s ", "-"))
        or _PART_OF.search(before)
        or _OF.search(of)
    ):
        return True
    if mention.grain in {"year", "decade"} and not _WHOLE_YEAR.search(before):
        return True
    if _LIMIT.match(mention.text) or _EARLIER.search(clause_before(before)):
        return True
    return is_a_name(sentence, mention) or is_beside(before, mention, after)


def _tense(sentence: str, mention: DateMention) -> _Time:
    """What the clause of a date speaks of: what is to come, what was done, or what is."""
    before, after = sentence[: mention.start], sentence[mention.end :]
    clause, rest = clause_before(before), clauses_behind(after)[0]
    ahead = list(_FUTURE.finditer(clause))
    if ahead:
        return "done" if _PAST.search(clause, ahead[-1].end()) else "ahead"
    if _DONE_BEFORE.search(clause) or (len(clause.split()) > 1 and _DONE_BEHIND.match(rest)):
        return "done"
    own = _NEXT_CLAUSE.split(rest)[0]
    if coming := _FUTURE.search(own):
        return "done" if _PAST.search(own[: coming.start()]) else "ahead"
    if _FUTURE.search(mention.text) or _TIMETABLE.search(clause):
        return "ahead"
    return "present" if _PRESENT.search(f"{clause}{own}") else "any"


def _meant(
    mention: DateMention, published: dt.date | None, time: _Time, years: Years
) -> Days | None:
    """The days that are meant: the last that were, or the next where it speaks of those to come."""
    if mention.swapped is not None:
        return None
    ahead = time == "ahead"
    if published is not None and mention.grain == "weekday" and not mention.direction:
        step = ((mention.weekday or 0) - published.weekday()) % 7
        if ahead:
            return (published + dt.timedelta(days=step),) * 2
        # Days ago or the next days: articles are written on after the date that they bear.
        if 0 < step <= _WRITTEN_ON:
            return None
    if mention.grain == "day" and mention.year is None and published is not None:
        return _day_of_a_year(mention, published, time, years)
    days = mention.days(published)
    if time == "done" and mention.ahead:
        # What was planned “to be finished in May”, told in March, is not of last year.
        before = replace(mention, ahead=False).days(published)
        days = before if len(before) == 1 else days
    if not days or published is None:
        return days[0] if len(days) == 1 else None
    return _of_which_year(days, published, time)


def _day_of_a_year(
    mention: DateMention, published: dt.date, time: _Time, years: Years
) -> Days | None:
    """A day without a year: of that which its article gives, or the nearest that fits the verb."""
    nearest = next(iter(mention.days(published)), None)
    given = years.get((mention.month or 0, mention.day or 0))
    if nearest is None:
        return None
    if given is not None and time != "ahead" and nearest[0].year not in given:
        of_it = replace(mention, year=next(iter(given))).days(None) if len(given) == 1 else ()
        return of_it[0] if of_it else None
    away = (nearest[0] - published).days
    step = 1 if time == "ahead" and away < -_NEAR else -1 if time == "done" and away > _NEAR else 0
    other = replace(mention, year=nearest[0].year + step).days(None)
    return other[0] if other else None


def _of_which_year(days: Sequence[Days], published: dt.date, time: _Time) -> Days | None:
    past = [each for each in days if each[0] <= published]
    coming = [each for each in days if each[1] > published]
    if not past or (time == "ahead" and coming):
        return min(coming)
    last = max(past)
    if time == "present" and coming and min(coming)[0] - published < published - last[1]:
        return None  # “is closed in September”, told in June: hardly the one of last year
    return last


def _says_less(days: Days, published: dt.date | None) -> bool:
    first, last = days
    return published is not None and last >= published and (last - first).days + 1 > _COARSE
