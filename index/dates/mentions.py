"""Finds the dates a text mentions and says which days they stand for."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass, replace

__all__ = ["DateMention", "Days", "date_ranges", "find_dates"]

Days = tuple[dt.date, dt.date]

_MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
_MONTHS = {name.lower(): i for i, name in enumerate(_MONTH_NAMES.split(), 1)}
_MONTHS |= {name[:3]: i for name, i in _MONTHS.items()} | {"sept": 9}
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES.split())}
_COUNTS = "zero one two three four five six seven eight nine ten eleven twelve"
_SMALL = {word: n for n, word in enumerate(_COUNTS.split())} | {"a": 1, "an": 1}

_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b(?!-[A-Za-z]-)\.?"
_WEEKDAY = r"(?:" + "|".join(_WEEKDAYS) + r")"
_UNMISTAKABLE = "|".join(name for name in _MONTH_NAMES.split() if name not in {"March", "May"})
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_LEAD = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+(?:the\s+)?)?"
_TO = r"\s*(?:-|–|to|and|or|until|through)\s*"

_BEFORE_MONTH = (
    r"in|since|by|until|till|during|from|before|after|through|early|late|mid|of"
    r"|(?P<direction>last|next|this|past|coming)"
)
_SPANS = r"(?:morning|afternoon|evening|night|week|weekend|month|year|decade)"
_SPELLED = "|".join(_SMALL)
# Not years: part of a longer figure, an amount, or what has a unit.
_NO_YEAR_AFTER = (
    r"(?:[\w%]|[,.:]\d|\s?(?:%|per\s?cent\b|million|billion|metres|meters|miles|kilomet|feet"
    r"|GMT|hours))"
)

# In order: a form takes what those before it have left.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b",
        r"\b(?P<first>[0-3]?\d)[/.](?P<second>[0-3]?\d)[/.](?P<year>(?:19|20)\d\d)\b",
        rf"""\b{_LEAD} (?:(?P<from_day>{_DAY}){_TO})? (?P<day>{_DAY})
            \s+(?:of\s+)? (?P<month>{_MONTH}) (?:,?\s+(?P<year>{_YEAR})\b)?""",
        rf"""\b{_LEAD} (?P<month>{_MONTH}) \s+ (?P<day>{_DAY}) (?![\d:%]|[,.]\d)
            (?:\s*(?:-|–|to)\s* (?P<to_day>{_DAY}) (?![\d:%]|\s?[ap]\.?m\b))?
            (?:,?\s+(?P<year>{_YEAR})\b)?""",
        rf"\b(?P<month>{_MONTH})(?:\s+of)?,?\s+(?P<year>{_YEAR})\b",
        rf"\b(?P<direction>last|next|this|past|coming)? \s* \b(?P<weekday>{_WEEKDAY})s?\b",
        rf"""\b(?P<relative>
            (?:the\ day\ (?:before|after)\ )? (?:yesterday|today|tonight|tomorrow)
            | (?:this|last|next|past|coming|previous|following)\ {_SPANS}
            | (?:\d{{1,2}}|{_SPELLED})\ (?:day|week|month|year|decade)s?\ ago
            )\b""",
        rf"\b(?:{_BEFORE_MONTH}) (?:\s+|-) (?P<month>{_MONTH}) (?!\s*\d|\s+(?-i:[A-Z][a-z]))",
        rf"\b(?P<month>(?-i:{_UNMISTAKABLE}))\b",
        r"(?-i:(?<=[a-z]\s)(?P<month>March)\b)",
        r"(?<![\w$€£.,/-])(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
        rf"(?<![\w$€£.,])(?P<year>{_YEAR})(?!{_NO_YEAR_AFTER})",
    )
)
_NOT_A_DAY = re.compile(
    r"\b(?:(?i:black|good|super|ash|bloody|cyber|fat|maundy|palm|easter|sheffield|giving)\s*"
    r"|(?:Mail|Independent|Scotland|Sun|Mirror|Herald) on )$"
)
# In "those over 20 may vote" what stands behind shows that "may" is no month.
_VERB_BEHIND = re.compile(
    r"\s(?!and\b|or\b|to\b|in\b|at\b|on\b|for\b|from\b|until\b|with\b)[a-z]{2}"
)
_PAPER = re.compile(
    r"\s+(?:Times|Mirror|Telegraph|Mail|Express|Sun|Post|Herald|People|Morning|Night)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|'ll|’ll|would|next|upcoming|coming|scheduled|due|set to|plans?|planned|expected"
    r"|going to|ahead of|until|by|is to|are to|tomorrow|begins?|starts?|opens?|runs?)\b",
    re.IGNORECASE,
)
# Beyond these a step back or ahead could leave the calendar; no article is that old or new.
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text puts it.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        text: Its words.
        year: The year, where stated.
        month: The month, where stated.
        day: The day of the month, where stated.
        weekday: 0 for Monday to 6, where stated.
        direction: "last", "next" or "this" before a weekday or month, or empty.
        relative: "yesterday", "last week", "3 days ago", or empty.
        decade: The first year of a decade, where one is meant.
        ahead: The sentence speaks of what is to come.
        swapped: The other reading of 04/03/2025, where there are two.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: str = ""
    relative: str = ""
    decade: int | None = None
    ahead: bool = False
    swapped: DateMention | None = None

    @property
    def grain(self) -> str:
        """How fine the mention is: day, weekday, month, year, decade or relative."""
        if self.relative:
            return "relative"
        if self.decade:
            return "decade"
        if self.day:
            return "day"
        if self.month:
            return "month"
        return "year" if self.year else "weekday"

    def days(self, anchor: dt.date | None) -> tuple[Days, ...]:
        """The days that may be meant, as inclusive ranges; empty when the anchor is needed.

        Args:
            anchor: The day the text was written.
        """
        if self.swapped:
            return replace(self, swapped=None).days(anchor) + self.swapped.days(anchor)
        if self.decade:
            return _decade(self.decade)
        if self.year:
            return _calendar_days(self.year, self.month, self.day)
        if anchor is None or not _FIRST_YEAR <= anchor.year <= _LAST_YEAR:
            return ()
        return _anchored_days(self, anchor)


def _anchored_days(mention: DateMention, anchor: dt.date) -> tuple[Days, ...]:
    if mention.relative:
        return _relative_days(mention.relative, anchor)
    if mention.month:
        return _yearless_days(mention, anchor)
    return _weekday_days(mention, anchor)


def _decade(first: int) -> tuple[Days, ...]:
    return ((dt.date(first, 1, 1), dt.date(first + 9, 12, 31)),)


def _calendar_days(year: int, month: int | None, day: int | None) -> tuple[Days, ...]:
    if month is None:
        return ((dt.date(year, 1, 1), dt.date(year, 12, 31)),)
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return ((dt.date(year, month, 1), dt.date(year, month, last)),)
    if day > last:
        return ()
    return ((dt.date(year, month, day),) * 2,)


def _yearless_days(mention: DateMention, anchor: dt.date) -> tuple[Days, ...]:
    """A day or month without a year: the nearest one, and for a month also the latest past one."""
    around = [
        days
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        for days in _calendar_days(year, mention.month, mention.day)
    ]
    past = [days for days in around if days[0] <= anchor]
    coming = [days for days in around if days[1] >= anchor]
    if mention.direction in {"last", "past"}:
        return tuple(past[-1:])
    if mention.direction in {"next", "coming"} or (mention.ahead and mention.day is None):
        return tuple(coming[:1])
    nearest = sorted(around, key=lambda days: abs((days[0] - anchor).days))[:1]
    return tuple(nearest if mention.day else dict.fromkeys(nearest + past[-1:]))


def _weekday_days(mention: DateMention, anchor: dt.date) -> tuple[Days, ...]:
    """The most recent such day; in a sentence about what is to come also the next one."""
    if mention.weekday is None:
        return ()
    back = (anchor.weekday() - mention.weekday) % 7
    recent = anchor - dt.timedelta(days=back)
    coming = recent if back == 0 else recent + dt.timedelta(days=7)
    monday = anchor - dt.timedelta(days=anchor.weekday())
    in_week = monday + dt.timedelta(days=mention.weekday)
    week = dt.timedelta(days=7)
    if mention.direction in {"last", "past"}:
        chosen = [recent if back else recent - week, in_week - week]
    elif mention.direction in {"next", "coming"}:
        chosen = [coming if back else coming + week, in_week + week]
    elif mention.direction == "this":
        chosen = [in_week]
    else:
        chosen = [recent, coming] if mention.ahead else [recent]
    return tuple(dict.fromkeys((day, day) for day in chosen))


def _relative_days(words: str, anchor: dt.date) -> tuple[Days, ...]:
    ago = re.fullmatch(r"(\w+) (day|week|month|year|decade)s? ago", words)
    if ago:
        count = int(ago[1]) if ago[1].isdigit() else _SMALL[ago[1]]
        return _ago(count, ago[2], anchor)
    which, span = words.split()[-2:] if " " in words else ("", words)
    step = {"next": 1, "coming": 1, "following": 1, "this": 0}.get(which, -1)
    named = {"yesterday": -1, "tomorrow": 1, "today": 0, "tonight": 0}
    named |= dict.fromkeys(("morning", "afternoon", "evening", "night"), step)
    if span in named:
        further = {"before": -1, "after": 1}.get(which, 0)
        return ((anchor + dt.timedelta(days=named[span] + further),) * 2,)
    return _stepped(step, span, anchor)


def _stepped(step: int, span: str, anchor: dt.date) -> tuple[Days, ...]:
    """The week, weekend, month, year or decade so many steps from the anchor's own."""
    if span == "decade":
        return _decade((anchor.year // 10 + step) * 10)
    if span == "year":
        return _calendar_days(anchor.year + step, None, None)
    if span == "month":
        month = anchor.year * 12 + anchor.month - 1 + step
        return _calendar_days(month // 12, month % 12 + 1, None)
    monday = anchor - dt.timedelta(days=anchor.weekday()) + dt.timedelta(weeks=step)
    first_day = monday + dt.timedelta(days=4 if span == "weekend" else 0)
    return ((first_day, monday + dt.timedelta(days=6)),)


def _ago(count: int, span: str, anchor: dt.date) -> tuple[Days, ...]:
    if span == "day":
        return ((anchor - dt.timedelta(days=count),) * 2,)
    if span == "week":
        middle = anchor - dt.timedelta(weeks=count)
        return ((middle - dt.timedelta(days=3), middle + dt.timedelta(days=3)),)
    if span == "month":
        return _stepped(-count, "month", anchor)
    years = count * (10 if span == "decade" else 1)
    return _stepped(-years, "year", anchor) if years < anchor.year else ()


@functools.lru_cache(maxsize=1024)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates that an English text mentions, in order; one in ISO form in any language."""
    found: list[DateMention] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found += _read(match, text)
    return tuple(sorted(found, key=lambda mention: mention.start))


def date_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Where the dates of a text stand, which are neither numbers nor names."""
    return tuple((mention.start, mention.end) for mention in find_dates(text))


def _read(match: re.Match[str], text: str) -> list[DateMention]:
    part = match.groupdict()
    words = match.group()
    name = (part.get("month") or "").rstrip(".")
    verb = not part.get("year") and _VERB_BEHIND.match(text, match.end())
    if name == "may" and (verb or not words[0].isdigit()):
        return []  # the verb, also of "those over 20 may vote"; the month has a capital
    if part.get("weekday") and (
        _NOT_A_DAY.search(text[: match.start("weekday")]) or _PAPER.match(text, match.end())
    ):
        return []
    month = _MONTHS.get(name.lower()) or int(part.get("month_number") or 0) or None
    common = DateMention(
        start=match.start() + len(words) - len(words.lstrip()),
        end=match.end(),
        text=words.strip().rstrip("."),
        year=int(part["year"]) if part.get("year") else None,
        month=month,
        weekday=_WEEKDAYS[part["weekday"].lower()] if part.get("weekday") else None,
        direction=(part.get("direction") or "").lower(),
        relative=" ".join((part.get("relative") or "").lower().split()),
        decade=int(part["decade"]) if part.get("decade") else None,
        ahead=bool(_AHEAD.search(_sentence_around(text, match.start()))),
    )
    if part.get("first"):
        return _either_order(common, int(part["first"]), int(part["second"]))
    days = [part.get(key) for key in ("from_day", "day", "to_day")]
    numbers = [int(re.sub(r"\D", "", day)) for day in days if day]
    if month is not None and not 1 <= month <= 12:
        return []
    return [_with(common, month, day) for day in numbers] or [common]


def _with(mention: DateMention, month: int | None, day: int) -> DateMention:
    return replace(mention, month=month, day=day)


def _either_order(mention: DateMention, first: int, second: int) -> list[DateMention]:
    """Read 04/03/2025 as day and month, with month and day as the other reading."""
    possible = [
        _with(mention, month, day)
        for day, month in ((first, second), (second, first))
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    if len(possible) == 2 and first != second:
        return [replace(possible[0], swapped=possible[1])]
    return possible[:1]


def _sentence_around(text: str, at: int) -> str:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end.end() > at:
            return text[start : end.start()]
        start = end.end()
    return text[start:]
