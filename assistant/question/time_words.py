"""Finds the words of a question that say when, and the days that they mean.

Dates with months, weekdays and years are found by `index.dates`, as in articles, other forms by
`time_forms`; here is what stands before them: “since”, “before”, “between … and”. What only looks
like a time (“May said”, “the Sunday Times”, “1984 by Orwell”, “the highest since 2008”) is left
alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.question.calendar import between, nearest_past
from assistant.question.time_forms import AHEAD, FORMS, HOLIDAY, MONTHS, Form
from index.dates import DateMention, Period, find_dates

__all__ = ["Bound", "TimeWords", "find_time_words"]

Bound = Literal["", "since", "until"]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time as a question puts it.

    Attributes:
        start: Where its words begin, those before the date among them (“since Tuesday”).
        end: Where they end.
        text: The words.
        period: The days that are meant.
        bound: `since` or `until` when one side is open by what stands before it.
        relative: Whether the words mean other days on another day.
        loose: Whether they only say roughly when, or name the year of an event.
        strict: Whether they shut out other days: “since Tuesday”, “before 18 March”.
    """

    start: int
    end: int
    text: str
    period: Period
    bound: Bound = ""
    relative: bool = False
    loose: bool = False
    strict: bool = False


# What stands before a date and opens one of its sides.
_SINCE = r"since|after|following|from|starting(?:\ (?:on|in))?|beginning(?:\ (?:on|in))?"
_UNTIL = r"before|until|till|till|by|up\ (?:to|until)|prior\ to|ahead\ of|through|no\ later\ than"
_LINK = r"(?:\ (?:the|about|around|late|early|at|on|in|as\ of))*"
_BEFORE = re.compile(
    rf"\b(?:(?P<since>{_SINCE})|(?P<until>{_UNTIL})){_LINK}\s+$", re.IGNORECASE | re.VERBOSE
)
_EXCLUDING = re.compile(r"before|prior|ahead", re.IGNORECASE)
# “before the ceasefire was announced on 18 March”
_CLAUSE = re.compile(
    r"\b(?:(?P<since>since|after|following(?=\s+the\b))"
    r"|(?P<until>before|until|till|prior\ to|ahead\ of))\b"
    r"(?:\s+(?!(?:since|after|before|until|till|when|who|what|where|which|how|why|that)\b)"
    r"[\w’'“”\"&.-]+){1,9}?(?:\s+(?:on|in|of|at|over|during|from))?\s+$",
    re.IGNORECASE | re.VERBOSE,
)
# “after stepping down two years ago” says what else is known, not when.
_DOING = re.compile(r"after\s+(?:\w+ly\s+|being\s+|having\s+)?\w+ing\b", re.IGNORECASE)
# A date behind “since” that measures something instead of limiting the question.
_MEASURED = re.compile(
    r"\b(?:first|highest|lowest|biggest|largest|worst|best|most|fewest|longest|deadliest|hottest"
    r"|coldest|fastest|slowest|strongest|weakest|youngest|oldest|only|not|never|hadn[’']t|hasn[’']t"
    r"|haven[’']t|wasn[’']t|n[’']t)\b[^?.!;]{0,80}\bsince\b[^?.!;,]{0,40}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than(?:\s+(?:it|they|he|she)\s+(?:was|were|did|had))?|compared\s+(?:to|with))\s+(?:in\s+)?$",
    re.IGNORECASE,
)
# Years that belong to a name or a title, or count something.
_NO_TIME_BEFORE = re.compile(
    r"(?:\b(?:catch|boeing|airbus|route|agenda|expo|vision|windows|model|flight|area|class|formula"
    r"|room|chapter|page|no\.|number|article|section|psalm|version|size)[\s-]*"
    r"|[#№])$",
    re.IGNORECASE,
)
_NO_YEAR_AFTER = re.compile(
    r"\s*(?:,?\s+by\s+[A-Z]"
    r"|\s+(?:people|men|women|children|troops|soldiers|homes|houses|jobs|votes|seats|euros|dollars"
    r"|pounds|metres?|meters?|foot|feet|miles?|years|days|hours|points|passengers|copies|words|tonnes|runners|pages)\b)"
)
_THE_13TH = re.compile(r"\s+the\s+(?:13th|thirteenth)\b", re.IGNORECASE)
# Names that are also days and months: April O'Neil, Wednesday Addams, the Women's March.
_NAME_BEFORE = re.compile(r"(?:[’']s|\b(?:Man|Casual|Freaky|Ruby|Taco|Big))\s+$")
_NAME_AFTER = re.compile(r"\s+[A-Z][’'\w]*[a-z]|-\w-")
# And a march that is called by what it is for: "the March for Israel", "the March on Washington".
_MARCH_FOR = re.compile(r"March\s+(?:for|on)\s+(?:Our\s+)?[A-Z][a-z]")
_LEADING = re.compile(
    r"(?:in|on|over|at|during|since|before|after|by|until|till|around|of|from|through|to)\s+",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[“\"‘«][^“”\"‘’«»?]{1,80}[”\"’»]")
_LED = re.compile(
    r"\b(?:on|in|by|since|until|till|before|after|from|to|and|between|last|next|this|late|early)\s+$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(rf"{MONTHS}\b|[QH]\d|{HOLIDAY}", re.IGNORECASE | re.VERBOSE)
_OPENING = re.compile(r"(?:^|[.!?:;,“\"(])\s*$")
_TO = re.compile(r"\s*(?:-|–|—|to|and|until|till|through)\s*(?:the\s+)?$", re.IGNORECASE)
_PAIRED = re.compile(r"\b(?P<word>between|from)(?:\s+(?:the|late|early))?\s+$", re.IGNORECASE)
_A_YEAR = re.compile(r"\d{4}")
_LOOSE_YEAR = re.compile(
    r"\b(?:in|since|of|during|until|by|before|after|from|to|and)\s+$", re.IGNORECASE
)


def find_time_words(text: str, today: dt.date) -> list[TimeWords]:
    """The times that an English question names, in order.

    Args:
        text: The question.
        today: The day that it is asked of.
    """
    titles = [match.span() for match in _TITLED.finditer(text)]
    found = [
        each
        for each in _found(text, today)
        if not any(start <= each.start and each.end <= end for start, end in titles)
    ]
    found.sort(key=lambda each: each.start)
    return [
        _bounded(each, text)
        for each in _paired(found, text)
        if not (_MEASURED.search(text[: each.start]) or _COMPARED.search(text[: each.start]))
    ]


def _found(text: str, today: dt.date) -> Iterator[TimeWords]:
    taken: list[tuple[int, int]] = []
    for form in FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(s < end and start < e for s, e in taken) or _is_title(match, text, form):
                continue
            period = form.read(match, today)
            if period is None:
                continue
            taken.append((start, end))
            if "other" not in match.groupdict():
                start = _without_lead(text, start, end)
            yield TimeWords(start, end, text[start:end], period, "", form.relative, form.loose)
    ahead = AHEAD.search(text) is not None
    for mention in find_dates(text):
        if any(s < mention.end and mention.start < e for s, e in taken):
            continue
        if _is_time(mention, text):
            period = nearest_past(replace(mention, ahead=ahead), today)
            if period is not None:
                yield _from_mention(mention, text, period)


def _is_title(match: re.Match[str], text: str, form: Form) -> bool:
    """Whether words that mean another day every day stand in a name: Last Week Tonight."""
    if not form.relative or not match[0][0].isupper() or _CAPITAL.match(match[0]):
        return False
    return not _OPENING.search(text[: match.start()])


def _is_time(mention: DateMention, text: str) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    match mention.grain:
        case "year":
            return not (_NO_TIME_BEFORE.search(before) or _NO_YEAR_AFTER.match(after))
        case "weekday" | "month" if not mention.year and not mention.direction:
            if mention.text.endswith("s") or _THE_13TH.match(after) or _NAME_BEFORE.search(before):
                return False
            if _MARCH_FOR.match(text, mention.start):
                return False
            led = _LEADING.match(mention.text) or _LED.search(before)
            return bool(led) or not _NAME_AFTER.match(after)
        case "relative":
            return mention.text[0].islower() or bool(_OPENING.search(before))
        case _:
            return True


def _without_lead(text: str, start: int, end: int) -> int:
    """Where a time begins behind the preposition that its form took in."""
    lead = _LEADING.match(text, start, end)
    return lead.end() if lead else start


def _from_mention(mention: DateMention, text: str, period: Period) -> TimeWords:
    """A year that stands before a name (“the 2022 World Cup”) says roughly when."""
    loose = mention.grain == "year" and not _LOOSE_YEAR.search(text[: mention.start])
    relative = mention.grain in {"weekday", "relative"} or not (mention.year or mention.decade)
    end = mention.start + len(mention.text)
    start = _without_lead(text, mention.start, end)
    return TimeWords(start, end, text[start:end], period, "", relative, loose)


def _paired(found: list[TimeWords], text: str) -> Iterator[TimeWords]:
    """Two times with “between … and” or “from … to” around them as one."""
    waiting: TimeWords | None = None
    for each in found:
        if waiting is not None and waiting.start == each.start:  # 5 and 9 March
            waiting = replace(waiting, period=between(waiting.period, each.period))
            continue
        if waiting is not None:
            lead = _PAIRED.search(text[: waiting.start])
            if _TO.fullmatch(text[waiting.end : each.start]) and (
                lead or not text[waiting.end : each.start].strip().isalpha()
            ):
                start = lead.start() if lead else waiting.start
                yield replace(
                    waiting,
                    start=start,
                    end=each.end,
                    text=text[start : each.end],
                    period=between(waiting.period, each.period),
                    relative=waiting.relative or each.relative,
                )
                waiting = None
                continue
            yield waiting
        waiting = each
    if waiting is not None:
        yield waiting


def _bounded(words: TimeWords, text: str) -> TimeWords:
    """The time with what stands before it, when that opens one of its sides."""
    before = text[: words.start]
    lead = _BEFORE.search(before)
    match = lead or _CLAUSE.search(before)
    if match is None:
        return words
    word = (match["since"] or match["until"]).lower()
    if word == "from" and _A_YEAR.fullmatch(words.text):
        return replace(words, loose=True)
    start, since = match.start() if lead else words.start, bool(match["since"])
    first, last = words.period.first, words.period.last
    bound: Bound = "since" if since else "until"
    if since:
        period = Period(first, None)
    else:
        outside = _EXCLUDING.match(word) and first is not None and (lead or first == last)
        day = first - dt.timedelta(days=1) if outside and first else last
        period = Period(None, day)
    return replace(
        words,
        start=start,
        text=text[start : words.end],
        period=period,
        bound=bound,
        loose=words.loose or (not lead and _DOING.match(match[0]) is not None),
        strict=_is_strict(words, word, clause=not lead),
    )


def _is_strict(words: TimeWords, bound: str, *, clause: bool) -> bool:
    """“After the vote on Tuesday” and “starting this week” say when something was, no limit."""
    if words.loose or words.text.endswith(("'s", "’s")):
        return False
    if bound.startswith(("starting", "beginning")):
        return False
    return not (clause and bound in {"after", "following"})
