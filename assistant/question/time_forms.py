"""The forms by which questions speak of time, besides plain dates: “the past three months”, “Q3”.

Each form is a pattern and what reads the days from its match; what stands before a time (“since”)
and how times go together is not looked at here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.question.calendar import (
    HOLIDAYS,
    ago,
    century,
    decade,
    half,
    holiday,
    month_of,
    months_between,
    nearest_past,
    part_of,
    quarter,
    rolling,
    season,
    span_around,
    stepped,
)
from index.dates import Period, find_dates

__all__ = ["AHEAD", "FORMS", "HOLIDAY", "MONTHS", "Form"]


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first, that may stand in a verbose one."""
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\ ")


_NUMBERS = {
    word: n
    for n, words in enumerate(
        "zero|one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve".split("|")
    )
    for word in words.split()
} | {"couple of": 2, "a couple of": 2, "few": 4, "a few": 4, "several": 5, "fifteen": 15}
_NUMBERS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "ninety": 90, "hundred": 100}
_N = rf"(?P<n>\d{{1,3}}|{_any_of(_NUMBERS)})"
_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_PARTS_OF = (
    *("beginning", "middle", "start", "end", "first half", "second half", "first week"),
    *("first weeks", "first days", "last week", "last weeks", "last days", "opening days"),
)
_PARTS_IN = ("early", "earlier", "mid", "late", "later", "so far")
_PART = rf"(?P<part>(?:{_any_of(_PARTS_OF)})(?=\ of\b)|{_any_of(_PARTS_IN)})"
HOLIDAY = rf"(?:the\ )?(?P<holiday>{_any_of(HOLIDAYS)})"
_TIMES_OF_DAY = r"(?:morning|afternoon|evening|night)"
_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "following": 1}
_STEPS |= {"the previous": -1, "this past": -1, "the current": 0, "the coming": 1, "upcoming": 1}
_STEP = rf"(?P<step>{_any_of(_STEPS)})"


# Questions of what is to come.
AHEAD = re.compile(
    r"\b(?:will|won[’']t|upcoming|scheduled|due|planned|plans|expected|tomorrow)\b|[’']ll\b"
    r"|\b(?:going|set|is|are|about)\ to\b",
    re.IGNORECASE,
)
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_MONTH_OR_YEAR = (
    rf"(?P<whole>{MONTHS}(?:,?\s+(?:19|20)\d\d)?|(?:19|20)\d\d"
    r"|(?:this|last|next|the)\s+(?:week|month|year))"
)


@dataclass(frozen=True, slots=True)
class Form:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], dt.date], Period | None]
    relative: bool = True
    loose: bool = False


def _form(
    pattern: str,
    read: Callable[[re.Match[str], dt.date], Period | None],
    *,
    relative: bool = True,
    loose: bool = False,
) -> Form:
    return Form(re.compile(pattern, re.IGNORECASE | re.VERBOSE), read, relative, loose)


def _count(match: re.Match[str]) -> float:
    """The number of a match, with its half; one when it has none."""
    words = " ".join((match["n"] or "1").lower().split())
    number = int(words) if words.isdigit() else _NUMBERS[words]
    return number + (0.5 if match.groupdict().get("half") else 0)


def _step(match: re.Match[str]) -> int:
    return _STEPS[" ".join(match["step"].lower().split())]


def _year(match: re.Match[str], today: dt.date) -> int | None:
    """The year that a form names: 2022, “last year”, or none."""
    parts = match.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("which"):
        return today.year + _STEPS[parts["which"].lower()]
    return None


def _of_year(*, needed: bool = False) -> str:
    words = rf"(?:\s+(?:of\s+|in\s+)?(?:{_YEAR}|(?P<which>this|last|next)\ year|the\ year)\b)"
    return words if needed else f"{words}?"


def _calendar_part(match: re.Match[str], today: dt.date) -> Period | None:
    """“Early March 2022”, “the end of last year”, “later this month”."""
    words = match["whole"].lower()
    if words.startswith(("the ", "this ", "last ", "next ")):
        which, _, span = words.partition(" ")
        whole = stepped(0 if which == "the" else _STEPS[which], span, today)
    else:
        mentions = find_dates(f"in {match['whole']}")
        ahead = AHEAD.search(match.string) is not None
        whole = nearest_past(replace(mentions[0], ahead=ahead), today) if mentions else None
    return part_of(whole, match["part"].lower(), today) if whole else None


def _around_date(match: re.Match[str], today: dt.date) -> Period | None:
    mentions = find_dates(match["date"])
    day = nearest_past(mentions[0], today) if mentions else None
    return span_around(day, match["span"].lower(), match["how"].lower()) if day else None


def _ordinal(word: str) -> int:
    return {"first": 1, "second": 2, "third": 3}.get(word.lower(), 4)


def _quarter_or_half(match: re.Match[str], today: dt.date) -> Period | None:
    number, short = int(match["n"]), match["short"]
    year = 2000 + int(short) if short else _year(match, today)
    if match["q"] in "qQ":
        return quarter(number, year, today)
    return half(number, year, today) if number < 3 else None


def _season(match: re.Match[str], today: dt.date) -> Period | None:
    parts = match.groupdict()
    step = _step(match) if parts.get("step") else None
    name = match["season"].lower()
    lead = (parts.get("lead") or "").lower()
    if name == "fall" and not (step is not None or lead or _year(match, today)):
        return None
    if lead in {"the", "that", "of", "during"} and not _year(match, today):
        return None
    return season(name, _year(match, today), step, today)


def _holiday_year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


# In order: a form takes what those before it have left.
FORMS = (
    _form(
        rf"\b(?P<span>weekend|week|days)\ (?P<how>of|beginning|starting|from|ending|to|around)"
        rf"\ (?:on\ )?(?P<date>(?:{_WEEKDAYS},?\ )?(?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?"
        r"[A-Z][a-z]{2,8}(?:,?\ \d{4})?|[A-Z][a-z]{2,8}\ \d{1,2}(?:st|nd|rd|th)?(?:,?\ \d{4})?)\b",
        _around_date,
        relative=False,
    ),
    _form(
        rf"\b(?:the\ )?(?:very\ )?{_PART}(?:\ (?:of|in|on))?[\s-]+{_MONTH_OR_YEAR}\b",
        _calendar_part,
    ),
    _form(
        rf"\b(?P<month>{MONTHS})\ (?:of\ )?(?P<which>this|last|next)\ year\b",
        lambda m, today: month_of(m["month"], today.year + _STEPS[m["which"].lower()]),
    ),
    _form(
        rf"\b(?:between|from)\ (?P<one>{MONTHS})\ (?:and|to|until|till|through)"
        rf"\ (?P<other>{MONTHS})(?:\ (?:of\ )?{_YEAR})?\b",
        lambda m, today: months_between(m["one"], m["other"], _year(m, today), today),
    ),
    _form(
        r"\bthe\ (?P<unit>week|month|year|weekend)\ before\ last\b",
        lambda m, today: stepped(-2, m["unit"].lower(), today),
    ),
    _form(
        rf"\b(?:the\ |these\ |this\ )?(?:past|last|previous|preceding)\ {_N}"
        rf"(?P<half>(?:\ and\ a|-and-a)[\ -]half)?\ {_UNIT}s?\b(?!\ (?:of|in)\ (?!the\b))",
        lambda m, today: rolling(_count(m), m["unit"].lower(), today),
    ),
    _form(
        r"\b(?:the|these)\ (?:past|last)\ (?P<n>)(?P<unit>day|week|fortnight|month|quarter|year"
        r"|decade)s?\b(?!\ (?:of|in|to|when|that)\b)",
        lambda m, today: rolling(_count(m), m["unit"].lower(), today),
    ),
    _form(
        rf"\b(?:(?:about|around|nearly|almost|over|more\ than|some|just)\ )?{_N}"
        rf"(?P<half>(?:\ and\ a|-and-a)[\ -]half)?\ {_UNIT}s?\ ago\b",
        lambda m, today: ago(_count(m), m["unit"].lower(), today),
    ),
    _form(
        r"\b(?P<n>a)\ (?P<unit>week|month|year|decade)\ and\ a\ (?P<half>half)\ ago\b",
        lambda m, today: ago(_count(m), m["unit"].lower(), today),
    ),
    _form(
        r"\b(?:in|over|during)\ (?:the\ )?(?:recent|past|last|previous)\ (?P<n>)"
        r"(?P<unit>day|week|month|year)s\b",
        lambda m, today: rolling(5, m["unit"].lower(), today),
        loose=True,
    ),
    _form(
        r"\bthe\ day\ (?P<side>before\ yesterday|after\ tomorrow)\b",
        lambda m, today: ago(2 if m["side"][0] in "bB" else -2, "day", today),
    ),
    _form(
        rf"\byesterday(?:[’']s)?(?:\ {_TIMES_OF_DAY})?\b|\blast\ (?:night|evening)\b",
        lambda _, today: ago(1, "day", today),
    ),
    _form(
        rf"(?<!\bUSA\ )(?<!\bRussia\ )\b(?:earlier\ |later\ )?(?:today(?:[’']s)?|tonight"
        rf"|this\ {_TIMES_OF_DAY})\b",
        lambda _, today: ago(0, "day", today),
    ),
    _form(rf"\btomorrow(?:[’']s)?(?:\ {_TIMES_OF_DAY})?\b", lambda _, today: ago(-1, "day", today)),
    _form(
        r"\bthis\ time\ last\ (?P<unit>year|month|week)\b",
        lambda m, today: span_around(
            ago(1, m["unit"].lower(), today, exact=True), "days", "around"
        ),
    ),
    _form(
        rf"\b(?P<q>[QH])(?P<n>[1-4])(?:\ of)?(?:{_of_year(needed=True)}|\ ?[’'](?P<short>\d\d))?\b",
        _quarter_or_half,
    ),
    _form(
        r"\b(?:the\ )?(?P<n>first|second|third|fourth|final|last)[\ -]quarter"
        rf"{_of_year(needed=True)}",
        lambda m, today: quarter(_ordinal(m["n"]), _year(m, today), today),
    ),
    _form(
        r"\b(?:in|during|for|of)\ the\ (?P<n>first|second|third|fourth|final)[\ -]quarter\b"
        r"(?!\ (?:of|game|when|to))",
        lambda m, today: quarter(_ordinal(m["n"]), None, today),
        loose=True,
    ),
    _form(
        rf"\b(?:{_STEP}|(?P<lead>in\ the|in|during\ the|over\ the|since\ the|the|that|during|of))"
        rf"\ (?:early\ |late\ )?{_SEASON}"
        rf"{_of_year()}\b"
        r"(?!\ (?:of|olympi|games|league|school|house|palace|holiday|travel|season))",
        _season,
    ),
    _form(rf"\b{_SEASON}\ (?:of\ )?{_YEAR}\b", _season, relative=False),
    _form(
        rf"\b{_STEP}\ (?P<unit>weekend|week|fortnight|month|quarter|year|decade|century)"
        r"(?:[’']s)?\b"
        r"(?!\ (?:of|in\ a\ row|after\ year|old)\b)",
        lambda m, today: stepped(_step(m), m["unit"].lower(), today),
    ),
    _form(
        r"\b(?:over|at|on|during|since)\ (?P<unit>the\ weekend)\b(?!\ (?:of|box|read))",
        lambda _, today: stepped(0 if today.weekday() > 4 else -1, "weekend", today),
    ),
    _form(
        r"\bthe\ (?P<part>turn)\ of\ (?P<whole>the\ (?:month|year))\b",
        _calendar_part,
    ),
    _form(
        r"(?<![\w$€£.,/-])(?:(?:the\ )?(?P<part>early|mid|late)[\ -])?(?:the\ )?"
        r"(?P<decade>(?:1[5-9]|20)\d0|[’']?[1-9]0)[’']?s\b",
        lambda m, today: decade(m["decade"].lstrip("’'"), today, (m["part"] or "").lower()),
        relative=False,
    ),
    _form(
        r"\bthe\ (?:(?P<part>early|mid|late)[\ -])?(?P<decade>twenties|thirties|forties|fifties"
        r"|sixties|seventies|eighties|nineties)\b",
        lambda m, today: decade(m["decade"].lower(), today, (m["part"] or "").lower()),
        relative=False,
    ),
    _form(
        r"\bthe\ (?P<n>1[0-9]|2[01])(?:th|st|nd)[\ -]century\b",
        lambda m, _: century(int(m["n"])),
        relative=False,
    ),
    _form(
        rf"\b(?:on|over|at|during|since|before|after|by|until|around|{_STEP})\ {HOLIDAY}"
        rf"(?:\ {_YEAR})?\b(?!\ (?:dinner|films?|movies?|songs?|trees?|cards?|markets?|carol))",
        lambda m, today: holiday(m["holiday"], _holiday_year(m), today),
    ),
)
